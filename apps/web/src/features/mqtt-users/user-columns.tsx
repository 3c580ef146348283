import type { TFunction } from 'i18next'
import { Button } from '../../components/button.tsx'
import tableStyles from '../../components/data-table/data-table.module.css'
import type { PhoneRow, TableColumn } from '../../components/data-table/table-column.ts'
import { Count } from '../../components/numbers.tsx'
import { StateWord } from '../../components/state-word.tsx'
import type { UserRow } from './user-rows.ts'
import styles from './users-page.module.css'

type T = TFunction<'actions'>
type Open = (row: UserRow) => void

export function userColumns(t: T, open: Open): readonly TableColumn<UserRow>[] {
  return [
    {
      ...{ id: 'username', label: t('users.columns.username'), kind: 'text' },
      ...{ essential: true, isSearched: true },
      value: (row) => row.username,
      cell: (row) => (
        <span className={tableStyles.name} title={row.username}>
          {row.username}
        </span>
      ),
    },
    {
      ...{ id: 'state', label: t('users.columns.state'), kind: 'text', width: 130, essential: true },
      value: stateOf,
      cell: (row) => <State row={row} t={t} />,
    },
    {
      ...{ id: 'roles', label: t('users.columns.roles'), kind: 'text', width: 240, isSearched: true },
      value: (row) => row.roles.join(', '),
      cell: (row) => <span className="muted">{row.roles.join(', ')}</span>,
    },
    {
      ...{ id: 'connections', label: t('users.columns.connections'), kind: 'number', width: 120 },
      ...{ essential: true, hint: t('users.hints.connections') },
      value: (row) => row.clientIds.length,
      cell: (row) => <Count value={row.clientIds.length} />,
    },
    {
      ...{ id: 'action', label: t('users.columns.action'), kind: 'number', width: 110 },
      ...{ essential: true, drawing: true },
      value: () => null,
      cell: (row) => <Open row={row} t={t} onOpen={open} />,
    },
  ]
}

export function userPhoneRow(row: UserRow, t: T, open: Open): PhoneRow {
  return {
    name: row.username,
    figure: <Count value={row.clientIds.length} />,
    figureField: 'connections',
    details: [
      <State key="state" row={row} t={t} />,
      row.roles.join(', '),
      <button key="open" type="button" className={`link ${styles.open}`} onClick={() => open(row)}>
        {t(row.disabled ? 'users.enable' : 'users.disable')}
      </button>,
    ],
  }
}

function stateOf({ disabled }: UserRow): 'disabled' | 'enabled' {
  return disabled ? 'disabled' : 'enabled'
}

function State({ row, t }: { row: UserRow; t: T }) {
  return <StateWord tone={row.disabled ? 'look' : 'ok'}>{t(`users.states.${stateOf(row)}`)}</StateWord>
}

function Open({ row, t, onOpen }: { row: UserRow; t: T; onOpen: Open }) {
  return (
    <Button
      look="small"
      aria-label={t(row.disabled ? 'users.enableNamed' : 'users.disableNamed', { username: row.username })}
      onClick={() => onOpen(row)}
    >
      {t(row.disabled ? 'users.enable' : 'users.disable')}
    </Button>
  )
}
