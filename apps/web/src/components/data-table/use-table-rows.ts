import { useMemo, useRef, useState } from 'react'
import { type Filter, type FilterField, parseFilter } from '../../lib/filter.ts'
import { holdOrder } from '../../lib/held-order.ts'
import { sortRows } from '../../lib/sort.ts'
import type { TableColumn } from './table-column.ts'
import type { SortKey } from './table-search.ts'

interface KeyedRow {
  readonly key: string
}

export interface ShownRow<Row> {
  readonly row: Row
  /** `fresh`: it wasn't there until a moment ago. */
  readonly look: 'plain' | 'fresh'
}

export interface TableRows<Row> {
  /** What is drawn, in its order. */
  readonly shown: readonly ShownRow<Row>[]
  /** How many rows there are, filtered or not. */
  readonly total: number
  readonly filter: Filter<Row>
  /** How many rows would move if the order were let go of. */
  readonly moves: number
  /** Rows that came while the order is held, and wait. */
  readonly waiting: readonly Row[]
}

interface Options<Row> {
  rows: ReadonlyMap<string, Row>
  columns: readonly TableColumn<Row>[]
  sort: readonly SortKey[]
  filter: string
  isHeld: boolean
}

/** A row counts as new for so long. */
const FRESH_MS = 15_000

/** The rows as the reader wants them: filtered, sorted, and held where they are while somebody points at them. */
export function useTableRows<Row extends KeyedRow>(options: Options<Row>): TableRows<Row> {
  const { rows, columns, sort, isHeld } = options
  const filter = useMemo(() => parseFilter(options.filter, filterFields(columns)), [options.filter, columns])
  const sorted = useMemo(
    () => sortRows(rows.values().filter(filter.predicate), sortBys(sort, columns)),
    [rows, filter, sort, columns],
  )
  const heldKeys = useHeldKeys(sorted, isHeld)
  const held = useMemo(() => (heldKeys ? holdOrder(heldKeys, sorted, keyOf) : null), [heldKeys, sorted])
  const firstSeen = useFirstSeen(rows)
  return useMemo(() => {
    const freshFrom = Date.now() - FRESH_MS
    const shown = (held?.rows ?? sorted).map((row): ShownRow<Row> => {
      const isFresh = (firstSeen.get(row.key) ?? 0) > freshFrom
      return { row, look: isFresh ? 'fresh' : 'plain' }
    })
    return { shown, total: rows.size, filter, moves: held?.moves ?? 0, waiting: held?.added ?? [] }
  }, [held, sorted, rows, filter, firstSeen])
}

function keyOf(row: KeyedRow): string {
  return row.key
}

/** The order of the moment in which it was taken hold of; null while nobody holds it. */
function useHeldKeys(sorted: readonly KeyedRow[], isHeld: boolean): readonly string[] | null {
  const [heldKeys, setHeldKeys] = useState<readonly string[] | null>(null)
  if (isHeld === (heldKeys !== null)) return heldKeys
  const next = isHeld ? sorted.map(keyOf) : null
  setHeldKeys(next)
  return next
}

/** When each row was first there, by this browser's clock; 0 for those that were there from the beginning. */
function useFirstSeen(rows: ReadonlyMap<string, KeyedRow>): ReadonlyMap<string, number> {
  const before = useRef<ReadonlyMap<string, number> | null>(null)
  return useMemo(() => {
    const known = before.current
    const now = Date.now()
    const seen = new Map([...rows.keys()].map((key) => [key, known === null ? 0 : (known.get(key) ?? now)]))
    before.current = seen
    return seen
  }, [rows])
}

function filterFields<Row>(columns: readonly TableColumn<Row>[]): FilterField<Row>[] {
  return columns
    .filter((column) => !column.drawing)
    .map((column): FilterField<Row> => {
      const { id: name, value } = column
      if (column.kind === 'text') return { type: 'text', name, value, isFree: column.isSearched ?? false }
      return column.unit
        ? { type: 'number', name, value, unit: column.unit }
        : { type: 'number', name, value }
    })
}

function sortBys<Row>(sort: readonly SortKey[], columns: readonly TableColumn<Row>[]) {
  return sort.flatMap(({ id, descending }) => {
    const column = columns.find((one) => one.id === id)
    return column ? [{ value: column.value, descending }] : []
  })
}
