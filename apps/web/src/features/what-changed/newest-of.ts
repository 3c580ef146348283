import type { AuditEntry } from '@weir/contract'

/** The newest of several lists, each newest first. */
export function newestOf(lists: readonly (readonly AuditEntry[])[], count: number): readonly AuditEntry[] {
  return lists
    .flat()
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    .slice(0, count)
}
