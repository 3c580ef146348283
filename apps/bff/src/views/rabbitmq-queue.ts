import { queueKey, type RabbitmqQueue, type View } from '@weir/contract'
import type { QueueDetail } from '@weir/drivers'
import { queueHistoryKey } from '../store/derive-rabbitmq.ts'
import { isQuorum, queueInScope, queueRow } from './rabbitmq-queues.ts'
import { notOwn, notThere, onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

export const rabbitmqQueue: ViewDefinition = {
  sources: () => ['rabbitmq.totals', 'rabbitmq.stats', 'rabbitmq.declares', 'rabbitmq.queue'],
  focus: [
    { source: 'rabbitmq.queue', keys: (part, view) => ownKey(part, view) },
    {
      source: 'rabbitmq.declares',
      keys: (part, view) => ownKey(part, view).filter((key) => isQuorum(part, key)),
    },
  ],
  past: (parts, view) => {
    const part = onlyPart(parts)
    const [key] = ownKey(part, view)
    if (key === undefined) return []
    return [
      {
        field: 'messages',
        points: part.derived.backlog.points(queueHistoryKey(part.instance.clusterId, key)),
      },
    ]
  },
  project(parts, view) {
    const part = onlyPart(parts)
    const totals = part.slot('rabbitmq.totals')?.reading
    const details = part.slot('rabbitmq.queue')?.reading
    if (!totals) return waiting
    const key = keyOf(view)
    const queue = totals.data.get(key)
    if (!queueInScope(part, key)) return notOwn
    if (!queue) return notThere(totals.observedAt)
    const { key: _key, ...row } = queueRow(part, queue)
    return { status: 'record', record: { ...row, ...detailFields(details?.data.get(key)) } }
  },
}

/** A foreign queue is never asked for. */
function ownKey(part: Part, view: View): string[] {
  const key = keyOf(view)
  return queueInScope(part, key) ? [key] : []
}

function keyOf(view: View): string {
  if (view.type !== 'rabbitmq.queue') throw new Error(`not a queue: ${view.type}`)
  return queueKey(view.vhost, view.name)
}

type DetailFields = Omit<RabbitmqQueue, keyof ReturnType<typeof queueRow>>

/** Unknown until the queue's own reading comes. */
function detailFields(detail: QueueDetail | undefined): DetailFields {
  return {
    node: detail?.node ?? null,
    exclusive: detail?.exclusive ?? null,
    autoDelete: detail?.autoDelete ?? false,
    consumerCapacity: detail?.consumerCapacity ?? null,
    memoryBytes: detail?.memoryBytes ?? null,
    messageBytes: detail?.messageBytes ?? null,
    headMessageAt: detail?.headMessageAt ?? null,
    redeliverRate: detail?.redeliverRate ?? null,
    operatorPolicy: detail?.operatorPolicy ?? null,
    arguments: detail?.arguments ?? {},
    effectivePolicy: detail?.effectivePolicy ?? null,
    members: detail?.members ? [...detail.members] : null,
    leader: detail?.leader ?? null,
    consumersList: detail ? [...detail.consumers] : [],
    bindings: detail ? [...detail.bindings] : [],
  }
}
