import type { RabbitmqQueueRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import type { Standing } from '../attention/object-state.tsx'

/** RabbitMQ's own words for a queue that cannot do its work, and for one that may soon not be able to. */
const broken = new Set(['down', 'crashed', 'stopped', 'timeout'])
const weak = new Set(['minority', 'flow', 'terminated'])

export function queueStanding({ state }: Pick<RabbitmqQueueRow, 'state'>, t: TFunction): Standing {
  if (state === null) return { tone: 'stale', word: t('rabbitmq.queues.stateUnknown') }
  if (broken.has(state)) return { tone: 'act', word: state }
  if (weak.has(state)) return { tone: 'look', word: state }
  return { tone: state === 'idle' ? 'idle' : 'ok', word: state }
}
