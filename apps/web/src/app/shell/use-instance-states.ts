import type { AttentionRow, Subject, SummaryRow } from '@weir/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../components/state-icon.tsx'
import { useLive } from '../../live/use-live.ts'
import type { Place } from '../places.ts'

export interface InstanceState {
  readonly tone: Tone
  readonly word: string
  readonly backlog: number | null
}

/** How each instance of the sidebar stands, by its id: from the same two views that the home page watches. */
export function useInstanceStates(place: Place): ReadonlyMap<string, InstanceState> {
  const { t } = useTranslation()
  const subject: Subject = place.tenant ? { tenantId: place.tenant.id } : { fleet: true }
  const summary = useLive(subject, { type: place.tenant ? 'tenant' : 'fleet' })
  const attention = useLive(subject, { type: 'attention' })
  const rows = 'snapshot' in summary ? summary.snapshot?.rows : undefined
  const wrong = 'snapshot' in attention ? attention.snapshot?.rows : undefined
  return useMemo(() => {
    const worst = worstByInstance(wrong?.values() ?? [])
    return new Map(
      [...(rows?.values() ?? [])].map((row) => {
        const tone = toneOf(row, worst.get(row.instanceId))
        return [row.instanceId, { tone, word: t(`summary.state.${row.state}`), backlog: row.backlog }]
      }),
    )
  }, [rows, wrong, t])
}

function worstByInstance(rows: Iterable<AttentionRow>): Map<string, AttentionRow['severity']> {
  const worst = new Map<string, AttentionRow['severity']>()
  for (const { instanceId, severity } of rows) {
    if (severity === 'act' || !worst.has(instanceId)) worst.set(instanceId, severity)
  }
  return worst
}

function toneOf({ state }: SummaryRow, wrong: AttentionRow['severity'] | undefined): Tone {
  if (wrong) return wrong
  if (state === 'live') return 'ok'
  if (state === 'refused') return 'act'
  return state === 'stale' || state === 'unavailable' ? 'stale' : 'idle'
}
