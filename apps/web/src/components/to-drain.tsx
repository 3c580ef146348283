import type { Trend } from '@weir/contract'
import { t } from 'i18next'
import { Duration, Unknown } from './numbers.tsx'

/** Until nothing waits any more: a time, or where it is going instead. A cell: see `Unknown` for its words. */
export function ToDrain({
  backlog,
  trend,
  drainMs,
}: {
  backlog: number | null
  trend: Trend
  drainMs: number | null
}) {
  if (backlog === 0) return <Duration value={0} />
  if (drainMs !== null) return <Duration value={drainMs} />
  if (trend === 'unknown' || backlog === null) return <Unknown reason={t('summary.trend.unknownHint')} />
  return <span className={trend === 'growing' ? 'look' : 'muted'}>{t(`summary.trend.${trend}`)}</span>
}
