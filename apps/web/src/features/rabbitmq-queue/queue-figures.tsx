import { queueKey, type RabbitmqQueue } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { FigureRow } from '../../components/figure-row.tsx'
import { bytesFigure, countFigure, durationFigure, rateFigure } from '../../components/figure-values.tsx'
import { FindingToDrain } from '../../components/to-drain.tsx'
import { bytesText, formatPercent, rateText } from '../../lib/format.ts'

export function QueueFigures({ queue, observedAt }: { queue: RabbitmqQueue; observedAt: number }) {
  const { t } = useTranslation()
  const label = (name: 'messages' | 'messagesReady' | 'messagesUnacknowledged' | 'consumers' | 'drainMs') =>
    t(`rabbitmq.queues.columns.${name}`)
  const oldest = queue.headMessageAt === null ? null : Math.max(0, observedAt - queue.headMessageAt)
  return (
    <FigureRow
      label={t('rabbitmq.queue.figures')}
      figures={[
        countFigure('messages', label('messages'), queue.messages),
        countFigure('messagesReady', label('messagesReady'), queue.messagesReady),
        countFigure('messagesUnacknowledged', label('messagesUnacknowledged'), queue.messagesUnacknowledged),
        rateFigure('publishRate', t('rabbitmq.overview.in'), queue.publishRate),
        rateFigure('deliverGetRate', t('rabbitmq.overview.out'), queue.deliverGetRate, {
          note:
            queue.redeliverRate !== null && queue.redeliverRate > 0
              ? `${t('rabbitmq.queue.redelivered')} ${rateText(queue.redeliverRate)}`
              : null,
        }),
        rateFigure('ackRate', t('rabbitmq.overview.ack'), queue.ackRate),
        countFigure('consumers', label('consumers'), queue.consumers, {
          note:
            queue.consumerCapacity === null ? null : (
              <span title={t('rabbitmq.queue.capacityHint')}>
                {t('rabbitmq.queue.capacity')} {formatPercent(queue.consumerCapacity)}
              </span>
            ),
        }),
        durationFigure('oldestAgeMs', t('rabbitmq.queue.oldest'), queue.messages === 0 ? 0 : oldest, {
          reason: t('rabbitmq.queue.oldestHint'),
        }),
        {
          field: 'drainMs',
          label: label('drainMs'),
          exact: queue.drainMs,
          value: (
            <FindingToDrain
              objectKey={queueKey(queue.vhost, queue.name)}
              backlog={queue.messages}
              trend={queue.trend}
              drainMs={queue.drainMs}
            />
          ),
        },
        bytesFigure('memoryBytes', t('rabbitmq.queue.memory'), queue.memoryBytes, {
          note:
            queue.messageBytes === null
              ? null
              : t('rabbitmq.queue.bodies', { bytes: bytesText(queue.messageBytes) }),
        }),
      ]}
    />
  )
}
