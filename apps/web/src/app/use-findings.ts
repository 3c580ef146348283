import type { AttentionRow, Instance, Subject } from '@weir/contract'
import { useMemo } from 'react'
import { worstFirst } from '../components/attention/attention-order.ts'
import { useLive } from '../live/use-live.ts'

/** What is wrong with the things of one instance, by their keys: a part of what its tenant's home page watches anyway. */
export function useFindings({
  id,
  tenantId,
}: Pick<Instance, 'id' | 'tenantId'>): ReadonlyMap<string, AttentionRow> {
  const subject: Subject = tenantId === null ? { fleet: true } : { tenantId }
  const live = useLive(subject, { type: 'attention' })
  const rows = 'snapshot' in live ? live.snapshot?.rows : undefined
  return useMemo(() => {
    const own = [...(rows?.values() ?? [])].filter((row) => row.instanceId === id)
    const findings = new Map<string, AttentionRow>()
    for (const row of worstFirst(own)) {
      if (row.object !== null && !findings.has(row.object)) findings.set(row.object, row)
    }
    return findings
  }, [rows, id])
}
