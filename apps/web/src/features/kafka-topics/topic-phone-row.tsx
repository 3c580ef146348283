import type { KafkaTopicRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import type { PhoneRow } from '../../components/data-table/table-column.ts'
import { Magnitude } from '../../components/numbers.tsx'
import { RowSparkline } from '../../components/row-sparkline.tsx'
import { formatRate, textOf } from '../../lib/format.ts'
import { TopicState, topicStanding } from './topic-columns.tsx'

export function topicPhoneRow(row: KafkaTopicRow, t: TFunction): PhoneRow {
  const details = [
    topicStanding(row, t).tone === 'ok' ? null : <TopicState key="state" row={row} t={t} />,
    t('kafka.topics.inRate', { rate: textOf(formatRate(row.messagesInPerSecond)) }),
    t('kafka.topics.partitions', { count: row.partitions }),
  ]
  return {
    name: <span title={row.topic}>{row.topic}</span>,
    figure: <Magnitude value={row.messages} inline />,
    figureField: 'messages',
    details: details.filter((detail) => detail !== null),
    drawing: <RowSparkline rowKey={row.key} field="messagesInPerSecond" width={84} />,
  }
}
