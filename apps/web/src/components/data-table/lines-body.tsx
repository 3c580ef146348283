import { IconSelector } from '@tabler/icons-react'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useTranslation } from 'react-i18next'
import { MenuButton } from '../menu-button.tsx'
import type { MenuEntry } from '../menu-entry.ts'
import styles from './data-table.module.css'
import type { PhoneRow, TableColumn } from './table-column.ts'
import { exactText } from './table-row.tsx'
import { type SortKey, sortAfterClick } from './table-search.ts'
import { HoldButton } from './table-toolbar.tsx'
import type { Hold } from './use-hold.ts'
import { useKeysOnScreen } from './use-keys-on-screen.ts'
import { usePageOffset } from './use-page-offset.ts'
import type { TableRows } from './use-table-rows.ts'

interface LinesBodyProps<Row> {
  label: string
  rows: TableRows<Row>
  columns: readonly TableColumn<Row>[]
  sort: readonly SortKey[]
  onSort: (sort: readonly SortKey[]) => void
  hold: Hold
  isStale: boolean
  phoneRow: (row: Row) => PhoneRow
  onKeysOnScreen?: (keys: readonly string[]) => void
}

const LINE_HEIGHT = 58
const lineHeight = () => LINE_HEIGHT
/** The phone's own bars lie over the first and last rows. */
const COVERED = 52

/** The same rows on a phone: two lines each, never sideways. */
export function LinesBody<Row extends { readonly key: string }>(props: LinesBodyProps<Row>) {
  const { shown } = props.rows
  const [list, offset] = usePageOffset<HTMLUListElement>()
  const virtualizer = useWindowVirtualizer({
    count: shown.length,
    estimateSize: lineHeight,
    overscan: 10,
    scrollMargin: offset,
    scrollPaddingStart: COVERED,
  })
  useKeysOnScreen(shown, virtualizer.range, props.onKeysOnScreen)
  const items = virtualizer.getVirtualItems()
  const above = items[0] ? items[0].start - offset : 0
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) + offset
  return (
    <div>
      <SortBar
        columns={props.columns}
        sort={props.sort}
        onSort={props.onSort}
        hold={props.hold}
        waiting={props.rows.waiting.length}
      />
      <ul
        ref={list}
        aria-label={props.label}
        className={styles.lines}
        style={{ paddingTop: above, paddingBottom: below }}
        {...props.hold.watch}
      >
        {items.map((item) => {
          const one = shown[item.index]
          return one ? (
            <Line
              key={one.row.key}
              row={one.row}
              phoneRow={props.phoneRow}
              columns={props.columns}
              isStale={props.isStale}
            />
          ) : null
        })}
      </ul>
    </div>
  )
}

function Line<Row extends { readonly key: string }>({
  row,
  phoneRow,
  columns,
  isStale,
}: {
  row: Row
  isStale: boolean
} & Pick<LinesBodyProps<Row>, 'phoneRow' | 'columns'>) {
  const { name, figure, figureField, details, drawing } = phoneRow(row)
  const column = columns.find((one) => one.id === figureField)
  return (
    <li className={`${styles.line} ${isStale ? styles.stale : ''}`} data-key={row.key}>
      <span className={styles.lineName}>{name}</span>
      <span
        className={styles.lineFigure}
        data-field={figureField}
        data-value={column ? exactText(column.value(row)) : undefined}
      >
        {figure}
      </span>
      <span className={styles.lineDetails}>
        {details.map((detail, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the details of a row have no name and keep their places
          <span key={i}>{detail}</span>
        ))}
      </span>
      {drawing}
    </li>
  )
}

/** There is no head to click on a phone: the order is said in words, and chosen from a list. */
function SortBar<Row>({
  columns,
  sort,
  onSort,
  hold,
  waiting,
}: Pick<LinesBodyProps<Row>, 'columns' | 'sort' | 'onSort' | 'hold'> & { waiting: number }) {
  const { t } = useTranslation()
  const first = sort[0]
  const label = columns.find((column) => column.id === first?.id)?.label ?? ''
  const entries = columns
    .filter((column) => !column.drawing)
    .map(
      (column): MenuEntry => ({
        type: 'item',
        id: column.id,
        text: column.label,
        isCurrent: column.id === first?.id,
        onSelect: () => onSort(sortAfterClick(sort, column, false)),
      }),
    )
  return (
    <div className={styles.sortBar}>
      <MenuButton className={styles.sortButton} entries={entries}>
        {t('table.sortedBy', { column: label })}
        <small>{first?.descending ? t('table.descending') : t('table.ascending')}</small>
        <IconSelector size={14} aria-hidden="true" />
      </MenuButton>
      <HoldButton hold={hold} waiting={waiting} />
    </div>
  )
}
