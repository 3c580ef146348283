import type { MqttClientRow, View } from '@weir/contract'
import type { TFunction } from 'i18next'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFindingsMeta } from '../../components/attention/use-findings-meta.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { TableSkeleton } from '../../components/data-table/table-skeleton.tsx'
import { LiveView, useSourceHints } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import type { TableSnapshot } from '../../live/live-state.ts'
import { useLive } from '../../live/use-live.ts'
import { clientColumns, clientPhoneRow } from './client-columns.tsx'
import { HonestList } from './honest-list.tsx'

const view: View & { type: 'mqtt.clients' } = { type: 'mqtt.clients' }

/** Every client that is known to be connected, and plainly how complete that is. */
export function ClientsPage({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation()
  const findings = useFindingsMeta()
  const live = useLive({ instanceId }, view)
  const overview = useLive({ instanceId }, { type: 'mqtt.overview' })
  const broker = 'snapshot' in overview ? overview.snapshot?.record : undefined
  const snapshot = 'snapshot' in live ? live.snapshot : null
  return (
    <Page
      title={t('mqtt.clients.title')}
      meta={snapshot ? [...meta(snapshot.rows, t), ...findings] : []}
      density="tight"
    >
      <LiveView live={live} skeleton={<TableSkeleton />}>
        {(shown, isStale) => (
          <>
            <HonestList
              rows={shown.rows}
              source={shown.sources['mqtt.clients']}
              connected={broker?.clientsConnected ?? null}
            />
            <ClientTable snapshot={shown} isStale={isStale} />
          </>
        )}
      </LiveView>
    </Page>
  )
}

function meta(rows: ReadonlyMap<string, MqttClientRow>, t: TFunction) {
  const clients = [...rows.values()]
  const unconfirmed = clients.filter((client) => !client.confirmed).length
  return [
    t('mqtt.clients.count', { count: clients.length }),
    unconfirmed > 0 && t('mqtt.clients.unconfirmedCount', { count: unconfirmed }),
  ]
}

function ClientTable({ snapshot, isStale }: { snapshot: TableSnapshot<MqttClientRow>; isStale: boolean }) {
  const { t } = useTranslation()
  const columns = useMemo(() => clientColumns(t), [t])
  const phoneRow = useCallback((row: MqttClientRow) => clientPhoneRow(row, t), [t])
  return (
    <DataTable
      label={t('mqtt.clients.title')}
      columns={columns}
      rows={snapshot.rows}
      defaultSort="-recentConnects,clientId"
      isStale={isStale}
      sourceHints={useSourceHints(snapshot.sources)}
      phoneRow={phoneRow}
      csvName="clients"
      filterExample="username:aurora-* takeovers:>0"
      empty={
        <Blank title={t('mqtt.clients.empty.title')}>
          <p>{t('mqtt.clients.empty.text')}</p>
        </Blank>
      }
    />
  )
}
