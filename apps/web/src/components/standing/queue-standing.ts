import type { RabbitmqQueueRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import type { Tone } from '../state-icon.tsx'

/** RabbitMQ's own words for a queue that cannot do its work. */
const broken = new Set(['down', 'crashed', 'stopped', 'timeout'])
const weak = new Set(['minority', 'flow', 'terminated'])

type QueueFigures = Pick<RabbitmqQueueRow, 'state' | 'consumers' | 'trend' | 'messages'>

/** The queue's state in the broker's own word, unless something matters more: that it grows and nobody reads it. */
export function queueStanding(row: QueueFigures, t: TFunction): { tone: Tone; word: string } {
  const state = row.state ?? t('rabbitmq.queues.stateUnknown')
  if (broken.has(state)) return { tone: 'act', word: state }
  if (weak.has(state)) return { tone: 'look', word: state }
  if (row.consumers === 0 && row.trend === 'growing')
    return { tone: 'look', word: t('rabbitmq.queues.noConsumer') }
  if (row.trend === 'growing' && (row.messages ?? 0) > 0)
    return { tone: 'look', word: t('summary.trend.growing') }
  return { tone: state === 'idle' ? 'idle' : row.state === null ? 'stale' : 'ok', word: state }
}
