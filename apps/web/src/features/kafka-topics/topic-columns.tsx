import type { KafkaTopicRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import tableStyles from '../../components/data-table/data-table.module.css'
import type { TableColumn } from '../../components/data-table/table-column.ts'
import { Bytes, Count, Magnitude, Rate, Unknown } from '../../components/numbers.tsx'
import { RowSparkline } from '../../components/row-sparkline.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { formatSpan } from '../../lib/format.ts'

type Column = TableColumn<KafkaTopicRow>

const OFFSETS = 'kafka.offsets'
const METADATA = 'kafka.metadata'

export function topicColumns(t: TFunction): readonly Column[] {
  return [
    {
      id: 'topic',
      label: t('kafka.topics.columns.topic'),
      kind: 'text',
      essential: true,
      isSearched: true,
      value: (row) => row.topic,
      cell: (row) => (
        <span className={tableStyles.name} title={row.topic}>
          {row.topic}
        </span>
      ),
      source: METADATA,
    },
    {
      id: 'state',
      label: t('kafka.topics.columns.state'),
      kind: 'text',
      width: 160,
      essential: true,
      value: (row) => topicStanding(row, t).word,
      cell: (row) => <TopicState row={row} t={t} />,
      source: METADATA,
    },
    {
      id: 'partitions',
      label: t('kafka.topics.columns.partitions'),
      kind: 'number',
      width: 86,
      value: (row) => row.partitions,
      cell: (row) => <Count value={row.partitions} />,
      source: METADATA,
    },
    {
      id: 'replicationFactor',
      label: t('kafka.topics.columns.replicationFactor'),
      kind: 'number',
      width: 78,
      value: (row) => row.replicationFactor,
      cell: (row) => <Count value={row.replicationFactor} />,
      source: METADATA,
    },
    ...amounts(t),
    ...settings(t),
    {
      id: 'chart',
      label: t('kafka.topics.columns.chart'),
      kind: 'number',
      width: 136,
      drawing: true,
      value: () => null,
      cell: (row) => <RowSparkline rowKey={row.key} field="messagesInPerSecond" />,
    },
  ]
}

function amounts(t: TFunction): readonly Column[] {
  return [
    {
      id: 'messages',
      label: t('kafka.topics.columns.messages'),
      hint: t('kafka.topics.hints.messages'),
      kind: 'number',
      width: 96,
      unitSlot: true,
      value: (row) => row.messages,
      cell: (row) => <Magnitude value={row.messages} />,
      source: OFFSETS,
    },
    {
      id: 'messagesInPerSecond',
      label: t('kafka.topics.columns.messagesInPerSecond'),
      kind: 'number',
      width: 76,
      essential: true,
      value: (row) => row.messagesInPerSecond,
      cell: (row) => <Rate value={row.messagesInPerSecond} />,
      source: OFFSETS,
    },
    {
      id: 'sizeBytes',
      label: t('kafka.topics.columns.sizeBytes'),
      hint: t('kafka.topics.hints.sizeBytes'),
      kind: 'number',
      width: 92,
      unit: 'bytes',
      value: (row) => row.sizeBytes,
      cell: (row) => <Bytes value={row.sizeBytes} />,
      source: METADATA,
    },
  ]
}

function settings(t: TFunction): readonly Column[] {
  return [
    {
      id: 'cleanupPolicy',
      label: t('kafka.topics.columns.cleanupPolicy'),
      kind: 'text',
      width: 108,
      value: (row) => row.cleanupPolicy,
      cell: (row) => <span className="muted">{row.cleanupPolicy ?? <Unknown />}</span>,
      source: METADATA,
    },
    {
      id: 'retentionMs',
      label: t('kafka.topics.columns.retentionMs'),
      kind: 'number',
      width: 80,
      unit: 'ms',
      value: (row) => row.retentionMs,
      cell: (row) =>
        row.retentionMs === null ? (
          <Unknown />
        ) : row.retentionMs < 0 ? (
          t('kafka.topics.forEver')
        ) : (
          formatSpan(row.retentionMs)
        ),
      source: METADATA,
    },
  ]
}

/** What of its partitions can't be written or could be lost; else that all copies are in step. */
export function topicStanding(row: KafkaTopicRow, t: TFunction) {
  const { leaderlessPartitions, underReplicatedPartitions } = row
  if (leaderlessPartitions) {
    return { tone: 'act', word: t('kafka.topics.leaderless', { count: leaderlessPartitions }) } as const
  }
  if (underReplicatedPartitions) {
    return {
      tone: 'look',
      word: t('kafka.topics.underReplicated', { count: underReplicatedPartitions }),
    } as const
  }
  return { tone: 'ok', word: t('kafka.topics.fine') } as const
}

export function TopicState({ row, t }: { row: KafkaTopicRow; t: TFunction }) {
  const { tone, word } = topicStanding(row, t)
  return <StateWord tone={tone}>{word}</StateWord>
}
