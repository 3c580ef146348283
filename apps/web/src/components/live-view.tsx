import type { ErrorCode, SourceState, ViewType } from '@weir/contract'
import { type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAge, formatDuration, formatSince, formatTime } from '../lib/format.ts'
import type { LiveState, Snapshot } from '../live/live-state.ts'
import { useNow } from '../live/use-live.ts'
import { Blank, Notice } from './notice.tsx'
import { ClusterContext, UnavailableContext } from './unavailable-context.ts'

interface LiveViewProps<T extends ViewType> {
  live: LiveState<T>
  /** While nothing has come; shown only after 400 ms, so that a quick answer doesn't flash. */
  skeleton: ReactNode
  /** Where the view's own words fit better than the code's: a queue that is gone. */
  refusal?: (code: ErrorCode) => ReactNode
  children: (snapshot: Snapshot<T>, isStale: boolean) => ReactNode
}

/** A live view in each of its states. A chart or a table below is never left to guess whether its numbers are true. */
export function LiveView<T extends ViewType>({ live, skeleton, refusal, children }: LiveViewProps<T>) {
  switch (live.status) {
    case 'connecting':
      return <AfterAWhile>{skeleton}</AfterAWhile>
    case 'live':
      return children(live.snapshot, false)
    case 'stale':
      if (!live.snapshot) return <NothingRead code={live.code} since={live.since} />
      return (
        <>
          <StaleNotice code={live.code} since={live.since} />
          {children(live.snapshot, true)}
        </>
      )
    case 'refused':
      return refusal?.(live.code) ?? <Refused code={live.code} />
    default:
      return live satisfies never
  }
}

const QUICK_MS = 400

/** What stands for something that usually comes at once. */
export function AfterAWhile({ children }: { children: ReactNode }) {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), QUICK_MS)
    return () => clearTimeout(timer)
  }, [])
  return isLong ? children : null
}

/** The numbers below are old: since when, why, and what to do. */
function StaleNotice({ code, since }: { code: ErrorCode; since: number }) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <Notice
      tone={code === 'BROKER_AUTH' || code === 'BROKER_FORBIDDEN' ? 'act' : 'stale'}
      title={`${t(`errors.${code}.title`)}.`}
    >
      {t('table.staleSince', { time: formatSince(since, now), duration: formatDuration(now - since) })}{' '}
      {t(`errors.${code}.todo`)}
    </Notice>
  )
}

function NothingRead({ code, since }: { code: ErrorCode; since: number }) {
  const { t } = useTranslation()
  const now = useNow()
  const clusterId = useContext(ClusterContext)
  const reason = useContext(UnavailableContext).get(clusterId ?? '')
  if (code === 'BROKER_UNAVAILABLE') {
    return (
      <Blank tone="stale" title={t(`errors.${code}.title`)} code={reason ?? code}>
        <p>{t(`errors.${code}.text`)}</p>
        <p>{t(`errors.${code}.todo`)}</p>
      </Blank>
    )
  }
  return (
    <Blank
      tone={code === 'NO_READING_YET' ? 'stale' : 'act'}
      title={t(`errors.${code}.title`)}
      code={`${code} · ${formatSince(since, now)} · ${formatDuration(now - since)}`}
    >
      <p>{t(`errors.${code}.text`)}</p>
      <p>{t(`errors.${code}.todo`)}</p>
    </Blank>
  )
}

function Refused({ code }: { code: ErrorCode }) {
  const { t } = useTranslation()
  return (
    <Blank tone="look" title={t(`errors.${code}.title`)} code={code}>
      <p>{t(`errors.${code}.text`)}</p>
      <p>{t(`errors.${code}.todo`)}</p>
    </Blank>
  )
}

/** What each source says of itself on hover: how old, how often, whether whole. By the source's name. */
export function useSourceHints(
  sources: Readonly<Record<string, SourceState>> | undefined,
): ReadonlyMap<string, string> {
  const { t } = useTranslation()
  const now = useNow()
  return useMemo(
    () =>
      new Map(
        Object.entries(sources ?? {}).map(([source, { observedAt, cadenceMs, complete, note, stale }]) => {
          const lines = [
            stale
              ? t('table.sourceStale', { source, time: formatTime(stale.since) })
              : t('table.age', {
                  source,
                  age: formatAge(observedAt === null ? null : now - observedAt),
                  cadence: formatDuration(cadenceMs),
                }),
            complete ? null : t('table.sourcePartial', { source, note: note ?? '' }),
          ]
          return [source, lines.filter((line) => line !== null).join('\n')]
        }),
      ),
    [sources, now, t],
  )
}
