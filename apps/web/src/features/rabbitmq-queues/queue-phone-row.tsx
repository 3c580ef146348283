import type { RabbitmqQueueRow } from '@weir/contract'
import type { PhoneRow } from '../../components/data-table/table-column.ts'
import { Magnitude } from '../../components/numbers.tsx'
import { RowSparkline } from '../../components/row-sparkline.tsx'
import { formatRate, textOf } from '../../lib/format.ts'
import { type QueueCellContext, QueueLink, QueueState } from './queue-columns.tsx'

export function queuePhoneRow(row: RabbitmqQueueRow, context: QueueCellContext): PhoneRow {
  const { instanceId, severalVhosts, t } = context
  const details = [
    <QueueState key="state" row={row} t={t} show="trouble" />,
    severalVhosts ? row.vhost : null,
    row.publishRate === null
      ? null
      : t('rabbitmq.queues.inRate', { rate: textOf(formatRate(row.publishRate)) }),
    row.ackRate === null ? null : t('rabbitmq.queues.ackRate', { rate: textOf(formatRate(row.ackRate)) }),
    row.consumers === null ? null : t('rabbitmq.queues.consumers', { count: row.consumers }),
  ].filter((detail) => detail !== null)
  return {
    name: <QueueLink instanceId={instanceId} row={row} />,
    figure: <Magnitude value={row.messages} inline />,
    figureField: 'messages',
    details: details.slice(0, 4),
    drawing: <RowSparkline rowKey={row.key} field="messages" width={84} />,
  }
}
