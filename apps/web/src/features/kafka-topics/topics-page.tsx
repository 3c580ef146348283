import type { KafkaTopicRow, View } from '@weir/contract'
import type { TFunction } from 'i18next'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../components/data-table/data-table.tsx'
import { TableSkeleton } from '../../components/data-table/table-skeleton.tsx'
import { LiveView, useSourceHints } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page } from '../../components/page.tsx'
import { RowSeriesContext } from '../../components/series-context.ts'
import { formatExact } from '../../lib/format.ts'
import type { TableSnapshot } from '../../live/live-state.ts'
import { useFocus, useLive } from '../../live/use-live.ts'
import { topicColumns } from './topic-columns.tsx'
import { topicPhoneRow } from './topic-phone-row.tsx'

const view: View & { type: 'kafka.topics' } = { type: 'kafka.topics' }

/** Every topic of a Kafka instance, live. */
export function TopicsPage({ instanceId, actions }: { instanceId: string; actions?: ReactNode }) {
  const { t } = useTranslation()
  const live = useLive({ instanceId }, view)
  const snapshot = 'snapshot' in live ? live.snapshot : null
  return (
    <Page
      title={t('kafka.topics.title')}
      meta={snapshot ? meta(snapshot.rows, t) : []}
      density="tight"
      actions={actions}
    >
      <LiveView live={live} skeleton={<TableSkeleton />}>
        {(shown, isStale) => <TopicTable instanceId={instanceId} snapshot={shown} isStale={isStale} />}
      </LiveView>
    </Page>
  )
}

function meta(rows: ReadonlyMap<string, KafkaTopicRow>, t: TFunction) {
  const topics = [...rows.values()]
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0)
  const troubled = topics.filter(
    (topic) => topic.underReplicatedPartitions || topic.leaderlessPartitions,
  ).length
  return [
    t('kafka.topics.count', { count: topics.length }),
    <span key="partitions" title={formatExact(partitions)}>
      {t('kafka.topics.partitions', { count: partitions })}
    </span>,
    troubled > 0 && <span className="look">{t('kafka.topics.troubled', { count: troubled })}</span>,
  ]
}

interface TopicTableProps {
  instanceId: string
  snapshot: TableSnapshot<KafkaTopicRow>
  isStale: boolean
}

function TopicTable({ instanceId, snapshot, isStale }: TopicTableProps) {
  const { t } = useTranslation()
  const [keysOnScreen, setKeysOnScreen] = useState<readonly string[]>([])
  useFocus({ subject: { instanceId }, view }, keysOnScreen)
  const { rows, series, observedAt, sources } = snapshot
  const columns = useMemo(() => topicColumns(t), [t])
  const phoneRow = useCallback((row: KafkaTopicRow) => topicPhoneRow(row, t), [t])
  const rowSeries = useMemo(() => ({ series, observedAt, isStale }), [series, observedAt, isStale])
  return (
    <RowSeriesContext value={rowSeries}>
      <DataTable
        label={t('kafka.topics.title')}
        columns={columns}
        rows={rows}
        defaultSort="-messagesInPerSecond,topic"
        isStale={isStale}
        sourceHints={useSourceHints(sources)}
        onKeysOnScreen={setKeysOnScreen}
        phoneRow={phoneRow}
        csvName="topics"
        filterExample="messagesInPerSecond:>100 cleanupPolicy:compact"
        empty={
          <Blank title={t('kafka.topics.empty.title')}>
            <p>{t('kafka.topics.empty.text')}</p>
          </Blank>
        }
      />
    </RowSeriesContext>
  )
}
