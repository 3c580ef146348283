import { useQuery } from '@tanstack/react-query'
import type { View } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../../components/action/action-parts.tsx'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { TableSkeleton } from '../../components/data-table/table-skeleton.tsx'
import { AfterAWhile } from '../../components/live-view.tsx'
import { Blank, Notice } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { queries } from '../../lib/api.ts'
import { useLive } from '../../live/use-live.ts'
import { userColumns, userPhoneRow } from './user-columns.tsx'
import { UserDrawer } from './user-drawer.tsx'
import { type UserRow, userRows } from './user-rows.ts'

const clientsView: View & { type: 'mqtt.clients' } = { type: 'mqtt.clients' }
/** No broker tells when an account changes: it is asked again. */
const ASK_AGAIN_MS = 10_000

/** The accounts that may connect, and what is connected by each now. */
export function UsersPage({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation('actions')
  const capabilities = useQuery(queries.instances.capabilities.queryOptions({ input: { instanceId } }))
  const dynsec = capabilities.data?.features.dynsec
  const users = useQuery(
    queries.mqtt.users.queryOptions({
      input: { instanceId },
      enabled: dynsec?.available === true,
      refetchInterval: ASK_AGAIN_MS,
    }),
  )
  const live = useLive({ instanceId }, clientsView)
  const shown = live.status === 'live' ? live.snapshot : null
  const clients = shown?.rows ?? null
  // Nothing is said of a list that hasn't come yet.
  const isComplete = live.status === 'connecting' || shown?.sources['mqtt.clients']?.complete === true
  const rows = useMemo(
    () => users.data && userRows(users.data, clients ? clients.values() : null),
    [users.data, clients],
  )
  const failed = capabilities.error ?? (users.data ? null : users.error)
  return (
    <Page title={t('users.title')} meta={rows ? meta(rows, t) : []} density="tight">
      {dynsec && !dynsec.available ? (
        <Blank tone="look" title={t('users.unavailable')} code={dynsec.reason}>
          <p>{t('users.unavailableText')}</p>
        </Blank>
      ) : failed ? (
        <Refusal title={t('users.notTold')} error={failed} />
      ) : rows ? (
        <UserTable instanceId={instanceId} rows={rows} isComplete={isComplete} />
      ) : (
        <AfterAWhile>
          <TableSkeleton />
        </AfterAWhile>
      )}
    </Page>
  )
}

function meta(rows: ReadonlyMap<string, UserRow>, t: TFunction<'actions'>) {
  const disabled = [...rows.values()].filter((row) => row.disabled).length
  return [
    t('users.count', { count: rows.size }),
    disabled > 0 && t('users.disabledCount', { count: disabled }),
  ]
}

const noHints: ReadonlyMap<string, string> = new Map()

interface UserTableProps {
  instanceId: string
  rows: ReadonlyMap<string, UserRow>
  /** Whether every client that is connected is known. */
  isComplete: boolean
}

function UserTable({ instanceId, rows, isComplete }: UserTableProps) {
  const { t } = useTranslation('actions')
  const [opened, setOpened] = useState<Pick<UserRow, 'username' | 'disabled'> | null>(null)
  const open = useCallback((row: UserRow) => setOpened(row), [])
  const columns = useMemo(() => userColumns(t, open), [t, open])
  const phoneRow = useCallback((row: UserRow) => userPhoneRow(row, t, open), [t, open])
  const row = opened ? rows.get(opened.username) : undefined
  return (
    <>
      {isComplete ? null : (
        <Notice tone="look" title={t('users.partial')}>
          {t('users.partialText')}
        </Notice>
      )}
      <DataTable
        label={t('users.title')}
        columns={columns}
        rows={rows}
        defaultSort="username"
        isStale={false}
        sourceHints={noHints}
        phoneRow={phoneRow}
        csvName="users"
        filterExample="username:*-home-* connections:>0"
        empty={
          <Blank title={t('users.empty')}>
            <p>{t('users.emptyText')}</p>
          </Blank>
        }
      />
      {opened && row ? (
        <UserDrawer
          key={opened.username}
          instanceId={instanceId}
          user={row}
          wasDisabled={opened.disabled}
          isComplete={isComplete}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </>
  )
}
