import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import styles from './data-table.module.css'
import type { TableColumn } from './table-column.ts'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import type { SortKey } from './table-search.ts'
import type { Hold } from './use-hold.ts'
import { useKeysOnScreen } from './use-keys-on-screen.ts'
import { usePageOffset } from './use-page-offset.ts'
import type { ShownRow, TableRows } from './use-table-rows.ts'

interface GridBodyProps<Row> {
  label: string
  rows: TableRows<Row>
  columns: readonly TableColumn<Row>[]
  sort: readonly SortKey[]
  onSort: (sort: readonly SortKey[]) => void
  hold: Hold
  isStale: boolean
  rowHeight: number
  sourceHints: ReadonlyMap<string, string>
  reasonOf?: (row: Row) => string | null
  onOpen?: (row: Row) => void
  onKeysOnScreen?: (keys: readonly string[]) => void
}

/** Top bar and table head lie over the first rows, so scrolling to a row has to stop short of them. */
const COVERED_ABOVE = 44 + 29
const PAGE_STEP = 15

/** The rows as a grid, of which only those on the screen exist. */
export function GridBody<Row extends { readonly key: string }>(props: GridBodyProps<Row>) {
  const { rows, columns, hold, rowHeight } = props
  const { shown } = rows
  const [table, offset] = usePageOffset<HTMLTableElement>()
  const virtualizer = useWindowVirtualizer({
    count: shown.length,
    // The same function each time: another would have every row measured again.
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    overscan: 6,
    scrollMargin: offset + 29,
    scrollPaddingStart: COVERED_ABOVE,
  })
  // Rows are of one height: another density changes them all.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what it waits for
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  const items = virtualizer.getVirtualItems()
  useKeysOnScreen(shown, virtualizer.range, props.onKeysOnScreen)
  const keyboard = useRowKeyboard(shown, table, (index) => virtualizer.scrollToIndex(index), props.onOpen)

  const above = items[0] ? items[0].start - virtualizer.options.scrollMargin : 0
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) + virtualizer.options.scrollMargin
  return (
    <table
      ref={table}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows that arrow keys reach make a table a grid
      role="grid"
      aria-label={props.label}
      aria-rowcount={shown.length + 1}
      aria-colcount={columns.length}
      className={styles.table}
      style={{ '--row': `${rowHeight}px` } as CSSProperties}
    >
      <colgroup>
        {columns.map((column, i) => (
          <col key={column.id} style={{ width: columnWidth(column, i, columns.length) }} />
        ))}
      </colgroup>
      <TableHead columns={columns} sort={props.sort} onSort={props.onSort} sourceHints={props.sourceHints} />
      <tbody {...hold.watch}>
        <Spacer height={above} span={columns.length} />
        {items.map((item) => {
          const one = shown[item.index]
          if (!one) return null
          return (
            <TableRow
              key={one.row.key}
              row={one.row}
              rowKey={one.row.key}
              index={item.index}
              rowIndex={item.index + 2}
              columns={columns}
              look={props.isStale ? 'stale' : one.look}
              reason={props.reasonOf?.(one.row) ?? null}
              isTabStop={item.index === Math.min(keyboard.active, shown.length - 1)}
              onKey={keyboard.onKey}
              onFocusRow={keyboard.onFocusRow}
            />
          )
        })}
        <Spacer height={below} span={columns.length} />
      </tbody>
    </table>
  )
}

/** The outer columns carry the page's padding, so that the lines run to both edges. */
function columnWidth<Row>(column: TableColumn<Row>, index: number, count: number): number | undefined {
  if (column.width === undefined) return undefined
  return column.width + (index === 0 || index === count - 1 ? 16 : 0)
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: room for rows that aren't drawn, and no row itself
    <tr role="none" style={{ height }}>
      <td role="none" className={styles.gap} colSpan={span} />
    </tr>
  )
}

/** Arrow keys go from row to row, also to those that aren't drawn yet; Enter opens. */
function useRowKeyboard<Row>(
  shown: readonly ShownRow<Row>[],
  table: { readonly current: HTMLElement | null },
  scrollTo: (index: number) => void,
  onOpen: ((row: Row) => void) | undefined,
) {
  const [active, setActive] = useState(0)
  const wanted = useRef<number | null>(null)
  const newest = useRef({ shown, scrollTo, onOpen })
  newest.current = { shown, scrollTo, onOpen }

  useEffect(() => {
    if (wanted.current === null) return
    const row = table.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  })

  const onKey = useCallback((event: KeyboardEvent<HTMLTableRowElement>, index: number) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    const { shown, scrollTo, onOpen } = newest.current
    const row = shown[index]?.row
    if (event.key === 'Enter' && row && onOpen) {
      onOpen(row)
      return
    }
    const next = targetOf(event.key, index, shown.length)
    if (next === null) return
    event.preventDefault()
    wanted.current = next
    setActive(next)
    scrollTo(next)
  }, [])
  const onFocusRow = useCallback((index: number) => setActive(index), [])
  return { active, onKey, onFocusRow }
}

function targetOf(key: string, index: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + PAGE_STEP,
    PageUp: index - PAGE_STEP,
    Home: 0,
    End: count - 1,
  }
  const target = steps[key]
  return target === undefined ? null : Math.max(0, Math.min(count - 1, target))
}
