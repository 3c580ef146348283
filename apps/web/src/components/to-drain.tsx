import type { Trend } from '@weir/contract'
import { t } from 'i18next'
import { useFinding } from './attention/findings-context.ts'
import { Duration, Unknown } from './numbers.tsx'

/** Until nothing waits any more: a time, or where it is going instead. A cell: see `Unknown` for its words. */
interface ToDrainProps {
  backlog: number | null
  trend: Trend
  drainMs: number | null
  tone?: 'look' | 'act' | undefined
}

export function ToDrain({ backlog, trend, drainMs, tone }: ToDrainProps) {
  if (backlog === 0) return <Duration value={0} />
  if (drainMs !== null) return <Duration value={drainMs} />
  if (trend === 'unknown' || backlog === null) return <Unknown reason={t('summary.trend.unknownHint')} />
  return <span className={trend === 'growing' ? tone : 'muted'}>{t(`summary.trend.${trend}`)}</span>
}

/** In the colour of what is wrong with the thing, where something is: growing alone is nothing to worry about. */
export function FindingToDrain({ objectKey, ...props }: ToDrainProps & { objectKey: string }) {
  return <ToDrain {...props} tone={useFinding(objectKey)?.severity} />
}
