import type { ReactNode } from 'react'

/** What a cell holds, exactly: what it is sorted and filtered by, exported as, and read by a test. */
export type CellValue = string | number | boolean | null

/** One column of a live table. */
export interface TableColumn<Row> {
  /** The view's field: in the URL, in filters, and as `data-field` of each cell. */
  readonly id: string
  readonly label: string
  /** Numbers stand to the right and sort from the most. */
  readonly kind: 'text' | 'number'
  /** Pixels; the one column without takes what is left. */
  readonly width?: number
  readonly value: (row: Row) => CellValue
  readonly cell: (row: Row) => ReactNode
  /** Its numbers have a unit after them, so that the header leaves the same slot. */
  readonly unitSlot?: boolean
  /** What a number counts, for a filter such as `drainMs:>5m`. */
  readonly unit?: 'ms' | 'bytes'
  /** Words in the filter without a field are looked for here. */
  readonly isSearched?: boolean
  /** Which of the view's sources tells it, for its age on the header. */
  readonly source?: string
  /** What the number is, on hover. */
  readonly hint?: string
  /** Off until chosen. */
  readonly optional?: boolean
  /** Stays where there is no room for the others. */
  readonly essential?: boolean
  /** Neither sorted nor filtered by, and left out of the CSV: a drawing. */
  readonly drawing?: boolean
}

/** What the two lines of a row say on a phone. */
export interface PhoneRow {
  readonly name: ReactNode
  /** The one number that matters, and the field it is. */
  readonly figure: ReactNode
  readonly figureField: string
  readonly details: readonly ReactNode[]
  readonly drawing?: ReactNode
}

/** Room that the column without a width needs at least. */
const ELASTIC_MIN = 200

/**
 * The columns that fit into `available` pixels: what isn't essential leaves from the right. `available` 0 means that
 * nothing has been measured yet.
 */
export function fitting<Row>(
  columns: readonly TableColumn<Row>[],
  available: number,
): readonly TableColumn<Row>[] {
  const widthOf = (column: TableColumn<Row>) => column.width ?? ELASTIC_MIN
  let excess = columns.reduce((sum, column) => sum + widthOf(column), 0) - available
  if (available === 0 || excess <= 0) return columns
  const leaving = new Set<string>()
  for (const column of columns.toReversed()) {
    if (excess <= 0) break
    if (column.essential) continue
    leaving.add(column.id)
    excess -= widthOf(column)
  }
  return columns.filter((column) => !leaving.has(column.id))
}
