import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './data-table.module.css'
import type { TableColumn } from './table-column.ts'
import { type SortKey, sortAfterClick } from './table-search.ts'

interface TableHeadProps<Row> {
  columns: readonly TableColumn<Row>[]
  sort: readonly SortKey[]
  onSort: (sort: readonly SortKey[]) => void
  /** What is told of each source on hover: its age, its cadence, its faults. */
  sourceHints: ReadonlyMap<string, string>
}

export function TableHead<Row>({ columns, sort, onSort, sourceHints }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <HeadCell
            key={column.id}
            column={column}
            sort={sort}
            onSort={onSort}
            sourceHint={column.source === undefined ? undefined : sourceHints.get(column.source)}
          />
        ))}
      </tr>
    </thead>
  )
}

function HeadCell<Row>({
  column,
  sort,
  onSort,
  sourceHint,
}: Omit<TableHeadProps<Row>, 'columns' | 'sourceHints'> & {
  column: TableColumn<Row>
  sourceHint: string | undefined
}) {
  const { t } = useTranslation()
  const place = sort.findIndex((one) => one.id === column.id)
  const key = sort[place]
  const className = column.kind === 'number' ? styles.number : undefined
  const title = [column.hint, sourceHint].filter((line) => line !== undefined).join('\n')
  if (column.drawing) {
    return (
      <th className={className} title={title}>
        <span>{column.label}</span>
      </th>
    )
  }
  return (
    <th
      className={className}
      title={[title, t('table.sortHint')].filter(Boolean).join('\n')}
      // Of several orders only the first is told: a table has one.
      aria-sort={key && place === 0 ? (key.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" onClick={(event) => onSort(sortAfterClick(sort, column, event.shiftKey))}>
        {column.label}
        {key ? <SortArrow descending={key.descending} /> : null}
        {column.unitSlot ? <i className={styles.slot} /> : null}
      </button>
    </th>
  )
}

function SortArrow({ descending }: { descending: boolean }) {
  const Icon = descending ? IconArrowDown : IconArrowUp
  return <Icon size={11} className={styles.arrow} aria-hidden="true" />
}
