import type { ServerMessage } from '@weir/contract'
import type { Frame } from './live-socket.ts'
import type { Sightings } from './sightings.ts'

type Row = Readonly<Record<string, unknown>>

/** A table view as its frames make it. */
export class LiveTable {
  readonly rows = new Map<string, Row>()

  /** Answers the keys whose rows came, changed or went. */
  apply(message: ServerMessage): ReadonlySet<string> {
    const touched = new Set<string>()
    if (message.type === 'snapshot') {
      for (const key of this.rows.keys()) touched.add(key)
      this.rows.clear()
    }
    for (const row of rowsOf(message)) {
      this.rows.set(row.key, row)
      touched.add(row.key)
    }
    if (message.type !== 'delta') return touched
    for (const key of message.remove ?? []) {
      this.rows.delete(key)
      touched.add(key)
    }
    return touched
  }
}

/** Notes each row's figure in `field`, by the row's key. */
export function seeFigures(table: LiveTable, field: string, sightings: Sightings): (frame: Frame) => void {
  return ({ message, at }) => {
    for (const key of table.apply(message)) {
      const value = table.rows.get(key)?.[field]
      if (typeof value === 'number') sightings.see(key, value, at)
    }
  }
}

/** Notes how many rows each family has: the part of their keys before the last hyphen. */
export function seeFamilies(table: LiveTable, sightings: Sightings): (frame: Frame) => void {
  return ({ message, at }) => {
    const families = new Set([...table.apply(message)].map(familyOf))
    const members = Map.groupBy(table.rows.keys(), familyOf)
    for (const family of families) sightings.see(family, members.get(family)?.length ?? 0, at)
  }
}

export function familyOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('-')))
}

function rowsOf(message: ServerMessage): readonly ({ readonly key: string } & Row)[] {
  const rows = message.type === 'snapshot' ? message.data : message.type === 'delta' ? message.set : undefined
  return Array.isArray(rows) ? rows : []
}
