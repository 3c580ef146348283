import { parseQueueKey, queueKey, type RabbitmqQueueRow } from '@weir/contract'
import type { QueueDeclared, QueueTotals } from '@weir/drivers'
import { queueHistoryKey } from '../store/derive-rabbitmq.ts'
import { memoPerInstance } from './memo-per-instance.ts'
import { inVhosts, rabbitmqScope } from './rabbitmq-scope.ts'
import { onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

/** A declare older than this says less than the totals do: nobody looks at that row any more. */
const DECLARE_GOOD_FOR_MS = 3_000

export const rabbitmqQueues: ViewDefinition = {
  sources: () => ['rabbitmq.totals', 'rabbitmq.stats', 'rabbitmq.declares'],
  focus: [
    {
      source: 'rabbitmq.declares',
      keys: (part, _view, onScreen) => onScreen.filter((key) => isQuorum(part, key)),
    },
  ],
  project(parts) {
    const rows = queueRows(onlyPart(parts))
    return rows ? { status: 'rows', rows } : waiting
  },
  rowPoints: (part, key) => part.derived.backlog.points(queueHistoryKey(part.instance.clusterId, key)),
}

/**
 * Every queue of the instance's vhosts; null before the first totals.
 * Depth: totals, live for classic queues; passive declares where a quorum queue is on somebody's screen; statistics for
 * streams. Rates and consumers: statistics.
 */
export function queueRows(part: Part): readonly RabbitmqQueueRow[] | null {
  const totals = part.slot('rabbitmq.totals')?.reading
  if (!totals) return null
  return memo(part, [totals, part.slot('rabbitmq.stats'), part.slot('rabbitmq.declares')], () => {
    const scope = rabbitmqScope(part)
    const own = [...totals.data.values()].filter((queue) => inVhosts(scope, queue.vhost))
    return own.map((queue) => queueRow(part, queue))
  })
}

const memo = memoPerInstance<readonly RabbitmqQueueRow[]>()

export function queueRow(part: Part, queue: QueueTotals): RabbitmqQueueRow {
  const key = queueKey(queue.vhost, queue.name)
  const stats = part.slot('rabbitmq.stats')?.reading?.data.get(key)
  const declared = freshDeclare(part, key)
  const depth = queue.messages === null && queue.type === 'stream' ? stats : queue
  const messagesReady = declared?.messagesReady ?? depth?.messagesReady ?? null
  const messagesUnacknowledged = depth?.messagesUnacknowledged ?? null
  const outlook = part.derived.backlog.outlook(queueHistoryKey(part.instance.clusterId, key))
  return {
    key,
    vhost: queue.vhost,
    name: queue.name,
    type: queue.type,
    state: queue.state,
    messages: declared ? sum(messagesReady, messagesUnacknowledged) : (depth?.messages ?? null),
    messagesReady,
    messagesUnacknowledged,
    consumers: declared?.consumers ?? stats?.consumers ?? null,
    publishRate: stats?.publishRate ?? null,
    deliverGetRate: stats?.deliverGetRate ?? null,
    ackRate: stats?.ackRate ?? null,
    durable: queue.durable,
    policy: queue.policy,
    trend: outlook.trend,
    drainMs: outlook.drainMs,
  }
}

function freshDeclare(part: Part, key: string): QueueDeclared | undefined {
  const slot = part.slot('rabbitmq.declares')
  const totals = part.slot('rabbitmq.totals')?.reading
  if (!slot?.reading || slot.stale || !totals) return undefined
  if (slot.reading.observedAt < totals.observedAt - DECLARE_GOOD_FOR_MS) return undefined
  return slot.reading.data.get(key)
}

/** Only these gain by a passive declare: the totals are live for classic queues, and nothing is for streams. */
export function isQuorum(part: Part, key: string): boolean {
  return part.slot('rabbitmq.totals')?.reading?.data.get(key)?.type === 'quorum'
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}

/** Whether a row key names something of this instance's own. */
export function queueInScope(part: Part, key: string): boolean {
  return inVhosts(rabbitmqScope(part), parseQueueKey(key).vhost)
}
