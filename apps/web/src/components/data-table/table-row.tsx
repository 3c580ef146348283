import { type KeyboardEvent, memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './data-table.module.css'
import type { CellValue, TableColumn } from './table-column.ts'

interface TableRowProps<Row> {
  row: Row
  rowKey: string
  /** 1 is the head. */
  rowIndex: number
  columns: readonly TableColumn<Row>[]
  look: 'fresh' | 'stale' | 'plain'
  /** Why some of its cells are unknown. */
  reason: string | null
  /** Exactly one row of the table can be reached by Tab; the arrows go on from there. */
  isTabStop: boolean
  onKey: (event: KeyboardEvent<HTMLTableRowElement>, index: number) => void
  onFocusRow: (index: number) => void
  index: number
}

function TableRowPlain<Row>(props: TableRowProps<Row>) {
  const { row, columns, look, index } = props
  const className = look === 'stale' ? styles.stale : undefined
  return (
    <tr
      className={className}
      data-key={props.rowKey}
      data-index={index}
      data-look={look}
      aria-rowindex={props.rowIndex}
      tabIndex={props.isTabStop ? 0 : -1}
      onKeyDown={(event) => props.onKey(event, index)}
      onFocus={() => props.onFocusRow(index)}
    >
      {spans(row, columns, props.reason).map(({ column, span }) =>
        span > 1 ? (
          <td key={column.id} colSpan={span} className={styles.reason} title={props.reason ?? undefined}>
            {props.reason}
          </td>
        ) : (
          <Cell key={column.id} column={column} row={row}>
            {look === 'fresh' && column === columns[0] ? <NewTag /> : null}
          </Cell>
        ),
      )}
    </tr>
  )
}

/** A row is drawn anew only when its values changed: the live store keeps the reference otherwise. */
export const TableRow = memo(TableRowPlain) as typeof TableRowPlain

function Cell<Row>({ column, row, children }: { column: TableColumn<Row>; row: Row; children: ReactNode }) {
  return (
    <td
      className={column.kind === 'number' ? styles.number : undefined}
      data-field={column.id}
      data-value={exactText(column.value(row))}
    >
      {column.cell(row)}
      {children}
    </td>
  )
}

function NewTag() {
  const { t } = useTranslation()
  return <span className={styles.tag}>{t('table.newTag')}</span>
}

/** Exact, for a test or a script that reads the page; empty while unknown. */
export function exactText(value: CellValue): string {
  return value === null ? '' : String(value)
}

/** Where a reason is given, the longest run of unknown cells becomes one cell that says it. */
function spans<Row>(row: Row, columns: readonly TableColumn<Row>[], reason: string | null) {
  const whole = columns.map((column) => ({ column, span: 1 }))
  if (reason === null) return whole
  const { start, length } = longestUnknownRun(row, columns)
  if (length < 2) return whole
  return whole
    .map((one, i) => (i === start ? { ...one, span: length } : one))
    .filter((_, i) => i <= start || i >= start + length)
}

function longestUnknownRun<Row>(
  row: Row,
  columns: readonly TableColumn<Row>[],
): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  columns.forEach((column, i) => {
    if (column.drawing || column.value(row) !== null) {
      start = i + 1
      return
    }
    const length = i - start + 1
    if (length > best.length) best = { start, length }
  })
  return best
}
