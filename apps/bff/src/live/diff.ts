import type { RecordData, Row } from '../views/view-definition.ts'

export interface RowsDiff {
  readonly set: readonly Row[]
  readonly remove: readonly string[]
}

/** What changed between two states of a table: changed rows whole, and the keys that are gone. */
export function diffRows(before: ReadonlyMap<string, Row>, after: ReadonlyMap<string, Row>): RowsDiff {
  const set: Row[] = []
  for (const [key, row] of after) {
    const old = before.get(key)
    if (!old || !sameFields(old, row)) set.push(row)
  }
  const remove: string[] = []
  for (const key of before.keys()) if (!after.has(key)) remove.push(key)
  return { set, remove }
}

/** The fields of a record that changed; null when none did. */
export function diffRecord(before: RecordData, after: RecordData): RecordData | null {
  const changed = Object.entries(after).filter(([name, value]) => !sameValue(before[name], value))
  return changed.length > 0 ? Object.fromEntries(changed) : null
}

function sameFields(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  for (const name in b) if (!sameValue(a[name], b[name])) return false
  return true
}

function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return JSON.stringify(a) === JSON.stringify(b)
}
