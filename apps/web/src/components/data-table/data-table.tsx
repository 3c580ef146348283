import { type ReactNode, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatExact } from '../../lib/format.ts'
import { Button } from '../button.tsx'
import { Blank } from '../notice.tsx'
import { useElementWidth } from '../use-element-width.ts'
import { useIsPhone, useIsTouch } from '../use-screen.ts'
import styles from './data-table.module.css'
import { GridBody } from './grid-body.tsx'
import { LinesBody } from './lines-body.tsx'
import { fitting, type PhoneRow, type TableColumn } from './table-column.ts'
import { formatSort, parseSort, useTableSearch } from './table-search.ts'
import { TableToolbar } from './table-toolbar.tsx'
import { useHold } from './use-hold.ts'
import { useTableRows } from './use-table-rows.ts'

export interface DataTableProps<Row extends { readonly key: string }> {
  /** What the rows are, for a screen reader: "Queues". */
  readonly label: string
  /** The first holds the link to the thing itself. Keep the reference while nothing about them changes. */
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: ReadonlyMap<string, Row>
  /** `-messages`: the order until the reader chooses another. */
  readonly defaultSort: string
  /** Everything on the screen is old: drawn grey, with its numbers as last told. */
  readonly isStale: boolean
  /** Why cells of this one row are unknown; null where they aren't. */
  readonly reasonOf?: (row: Row) => string | null
  readonly sourceHints: ReadonlyMap<string, string>
  /** Enter on a row. Its first cell holds the link for everybody else. */
  readonly onOpen?: (row: Row) => void
  /** The keys on the screen, at most 100. */
  readonly onKeysOnScreen?: (keys: readonly string[]) => void
  readonly phoneRow: (row: Row) => PhoneRow
  /** Instead of rows, where there are none at all: why, and what next. */
  readonly empty: ReactNode
  /** `queues`: the file is named after it and the moment. */
  readonly csvName: string
  /** Shows the grammar by an example. */
  readonly filterExample: string
}

const ROW = 32
const ROW_COMPACT = 24
const ROW_TOUCH = 44

/**
 * The live table: sorted, filtered and arranged as the URL says, drawn only where it is on the screen, and held
 * still while somebody points at it.
 */
export function DataTable<Row extends { readonly key: string }>(props: DataTableProps<Row>) {
  const [search, change] = useTableSearch()
  const isPhone = useIsPhone()
  const isTouch = useIsTouch()
  const [frame, width] = useElementWidth()
  const sort = useMemo(() => parseSort(search.sort ?? props.defaultSort), [search.sort, props.defaultSort])
  const hold = useHold()
  const rows = useTableRows({ ...props, sort, filter: search.filter ?? '', isHeld: hold.isHeld })
  const chosen = useMemo(() => chosenColumns(props.columns, search.columns), [props.columns, search.columns])
  const columns = useMemo(() => fitting(chosen, width), [chosen, width])

  // An order that was held under another sort or filter would be no order at all: choosing lets go once.
  const { release } = hold
  // biome-ignore lint/correctness/useExhaustiveDependencies: these two are what it waits for
  useEffect(release, [search.sort, search.filter])

  if (props.rows.size === 0) return props.empty
  const onSearch = change
  const body = {
    ...props,
    rows,
    sort,
    hold,
    onSort: (keys: typeof sort) => change({ sort: formatSort(keys) }),
  }
  const nameOf = (row: Row) => String(props.columns[0]?.value(row) ?? row.key)
  return (
    <>
      <TableToolbar
        {...{ ...props, rows, chosen, search, onSearch, hold, isTouch, nameOf }}
        form={isPhone ? 'phone' : 'wide'}
      />
      <div ref={frame} className={isPhone ? undefined : styles.frame}>
        {rows.shown.length === 0 ? (
          <NothingMatches total={rows.total} onClear={() => change({ filter: undefined })} />
        ) : isPhone ? (
          <LinesBody {...body} columns={props.columns} />
        ) : (
          <GridBody
            {...body}
            columns={columns}
            rowHeight={search.density === 'compact' ? ROW_COMPACT : isTouch ? ROW_TOUCH : ROW}
          />
        )}
      </div>
    </>
  )
}

function NothingMatches({ total, onClear }: { total: number; onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.padded}>
      <Blank
        title={t('table.noMatch.title')}
        action={<Button onClick={onClear}>{t('table.clearFilter')}</Button>}
      >
        <p>{t('table.noMatch.text', { total: formatExact(total) })}</p>
      </Blank>
    </div>
  )
}

function chosenColumns<Row>(columns: readonly TableColumn<Row>[], ids: string | undefined) {
  if (ids === undefined) return columns.filter((column) => !column.optional)
  const chosen = new Set(ids.split(','))
  return columns.filter((column, i) => i === 0 || chosen.has(column.id))
}
