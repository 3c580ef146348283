import { useNavigate } from '@tanstack/react-router'
import type { Instance, RabbitmqQueueRow, View } from '@weir/contract'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFindingsMeta } from '../../components/attention/use-findings-meta.ts'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { TableSkeleton } from '../../components/data-table/table-skeleton.tsx'
import { LiveView, useSourceHints } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { RowSeriesContext } from '../../components/series-context.ts'
import { paths } from '../../lib/paths.ts'
import type { TableSnapshot } from '../../live/live-state.ts'
import { useFocus, useLive } from '../../live/use-live.ts'
import { queueColumns } from './queue-columns.tsx'
import { queuePhoneRow } from './queue-phone-row.tsx'
import { queuesMeta } from './queues-meta.tsx'

const view: View & { type: 'rabbitmq.queues' } = { type: 'rabbitmq.queues' }

/** Every queue of a RabbitMQ instance, live. */
export function QueuesPage({ instance }: { instance: Extract<Instance, { kind: 'rabbitmq' }> }) {
  const { t } = useTranslation()
  const findings = useFindingsMeta()
  const live = useLive({ instanceId: instance.id }, view)
  const snapshot = 'snapshot' in live ? live.snapshot : null
  return (
    <Page
      title={t('rabbitmq.queues.title')}
      meta={snapshot ? [...queuesMeta(snapshot.rows, t), ...findings] : []}
      density="tight"
    >
      <LiveView live={live} skeleton={<TableSkeleton />}>
        {(shown, isStale) => <QueueTable instanceId={instance.id} snapshot={shown} isStale={isStale} />}
      </LiveView>
    </Page>
  )
}

interface QueueTableProps {
  instanceId: string
  snapshot: TableSnapshot<RabbitmqQueueRow>
  isStale: boolean
}

function QueueTable({ instanceId, snapshot, isStale }: QueueTableProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [keysOnScreen, setKeysOnScreen] = useState<readonly string[]>([])
  useFocus({ subject: { instanceId }, view }, keysOnScreen)
  const { rows, series, observedAt, sources } = snapshot
  const severalVhosts = useMemo(() => hasSeveralVhosts(rows), [rows])
  const columns = useMemo(
    () => queueColumns({ instanceId, severalVhosts, t }),
    [instanceId, severalVhosts, t],
  )
  const phoneRow = useCallback(
    (row: RabbitmqQueueRow) => queuePhoneRow(row, { instanceId, severalVhosts, t }),
    [instanceId, severalVhosts, t],
  )
  const rowSeries = useMemo(() => ({ series, observedAt, isStale }), [series, observedAt, isStale])
  return (
    <RowSeriesContext value={rowSeries}>
      <DataTable
        label={t('rabbitmq.queues.title')}
        columns={columns}
        rows={rows}
        defaultSort="-messages"
        isStale={isStale}
        sourceHints={useSourceHints(sources)}
        onOpen={({ vhost, name }) => void navigate(paths.queue(instanceId, vhost, name))}
        onKeysOnScreen={setKeysOnScreen}
        phoneRow={phoneRow}
        csvName="queues"
        filterExample="messages:>1000 type:quorum"
        empty={
          <Blank title={t('rabbitmq.queues.empty.title')}>
            <p>{t('rabbitmq.queues.empty.text')}</p>
          </Blank>
        }
      />
    </RowSeriesContext>
  )
}

function hasSeveralVhosts(rows: ReadonlyMap<string, RabbitmqQueueRow>): boolean {
  return new Set(rows.values().map((row) => row.vhost)).size > 1
}
