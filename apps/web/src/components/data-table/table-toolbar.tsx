import { IconDownload, IconLayoutRows, IconPlayerPauseFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { downloadCsv, toCsv } from '../../lib/csv.ts'
import { formatDateTime } from '../../lib/format.ts'
import { Button } from '../button.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import styles from './data-table.module.css'
import { FilterBox, FilterErrors } from './filter-box.tsx'
import type { TableColumn } from './table-column.ts'
import type { TableSearch } from './table-search.ts'
import type { Hold } from './use-hold.ts'
import type { TableRows } from './use-table-rows.ts'

interface TableToolbarProps<Row> {
  columns: readonly TableColumn<Row>[]
  /** Those that were chosen, whether or not there is room for all. */
  chosen: readonly TableColumn<Row>[]
  rows: TableRows<Row>
  nameOf: (row: Row) => string
  search: TableSearch
  onSearch: (change: Partial<TableSearch>) => void
  hold: Hold
  form: 'phone' | 'wide'
  isTouch: boolean
  filterExample: string
  csvName: string
}

/** What the reader can do to a table: narrow it, arrange it, take it away. */
export function TableToolbar<Row>(props: TableToolbarProps<Row>) {
  const { rows, search, onSearch, hold } = props
  const fields = props.columns.filter((column) => !column.drawing).map((column) => column.id)
  return (
    <>
      <div className={styles.toolbar}>
        <FilterBox
          value={search.filter ?? ''}
          onChange={(filter) => onSearch({ filter: filter === '' ? undefined : filter })}
          errors={rows.filter.errors}
          fields={fields}
          example={props.filterExample}
          shown={rows.shown.length}
          total={rows.total}
        />
        {props.form === 'wide' ? <HoldNote {...props} /> : null}
        {props.form === 'wide' ? (
          <div className={styles.toolbarEnd}>
            {props.isTouch ? <HoldButton hold={hold} /> : null}
            <WideTools {...props} />
          </div>
        ) : null}
      </div>
      <FilterErrors errors={rows.filter.errors} fields={fields} />
    </>
  )
}

/** A finger doesn't rest over a row: it has a button instead. */
export function HoldButton({ hold, waiting = 0 }: { hold: Hold; waiting?: number }) {
  const { t } = useTranslation()
  const isPressed = hold.by === 'button'
  return (
    <Button look="quiet-small" aria-pressed={isPressed} onClick={hold.toggle}>
      <IconPlayerPauseFilled size={12} aria-hidden="true" />
      {isPressed ? t('table.release') : t('table.hold')}
      {waiting > 0 ? ` · ${t('table.new', { count: waiting })}` : null}
    </Button>
  )
}

/**
 * That the order is held, by whom, what letting go would do, and which rows came meanwhile. It stands where nothing
 * moves because of it: not above the rows, which it would push from under the pointer.
 */
function HoldNote<Row>({ hold, rows, nameOf }: Pick<TableToolbarProps<Row>, 'hold' | 'rows' | 'nameOf'>) {
  const { t } = useTranslation()
  if (!hold.isHeld) return null
  const { moves, waiting } = rows
  const names = waiting.slice(0, NAMES_SHOWN).map(nameOf).join(', ')
  return (
    <span className={styles.note}>
      <IconPlayerPauseFilled size={12} aria-hidden="true" />
      {hold.by === 'button' ? t('table.heldByButton') : t('table.held')}
      {moves > 0 ? `; ${t('table.wouldMove', { count: moves })}` : null}
      {waiting.length > 0 ? (
        <>
          <b title={names}>{t('table.new', { count: waiting.length })}</b>
          <Button look="quiet-small" title={names} onClick={hold.release}>
            {t('table.showNew')}
          </Button>
        </>
      ) : null}
    </span>
  )
}

const NAMES_SHOWN = 5

function WideTools<Row>({ columns, chosen, rows, search, onSearch, csvName }: TableToolbarProps<Row>) {
  const { t } = useTranslation()
  const isCompact = search.density === 'compact'
  const save = () => {
    const told = chosen.filter((column) => !column.drawing)
    const lines = rows.shown.map(({ row }) => told.map((column) => column.value(row)))
    const moment = formatDateTime(Date.now()).replaceAll(':', '').replace(' ', '-')
    downloadCsv(
      `${csvName}-${moment}.csv`,
      toCsv(
        told.map((column) => column.id),
        lines,
      ),
    )
  }
  return (
    <>
      <Button
        look="quiet-small"
        aria-pressed={isCompact}
        onClick={() => onSearch({ density: isCompact ? undefined : 'compact' })}
      >
        <IconLayoutRows size={14} aria-hidden="true" />
        {t('table.density')}
      </Button>
      <ColumnChooser
        columns={columns}
        shown={chosen.map((column) => column.id)}
        onChange={(ids) => onSearch({ columns: ids?.join(',') })}
      />
      <Button look="quiet-small" title={t('table.csvHint')} onClick={save}>
        <IconDownload size={14} aria-hidden="true" />
        {t('table.csv')}
      </Button>
    </>
  )
}
