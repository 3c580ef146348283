import { parseQueueKey } from '@weir/contract'
import { z } from 'zod'
import type { Demand, Reading } from '../driver.ts'
import { BrokerError } from '../errors.ts'
import { pollEvery } from '../poll-every.ts'
import { aFewAtATime } from './a-few-at-a-time.ts'
import { type Asking, completenessOf, takeReading } from './asking.ts'
import type { Links } from './links.ts'
import { managementPath } from './management-path.ts'
import type { QueueDetail } from './readings.ts'
import {
  MessageStats,
  rateOf,
  toldBoolean,
  toldNumber,
  toldObject,
  toldSeconds,
  toldText,
} from './told-fields.ts'

const AT_A_TIME = 4

const Consumer = z.object({
  consumer_tag: z.string(),
  /** An empty array while the statistics don't know the channel yet. */
  channel_details: toldObject.pipe(
    z.object({ name: toldText, peer_host: toldText, peer_port: toldNumber, user: toldText }).nullable(),
  ),
  prefetch_count: toldNumber,
  ack_required: z.boolean(),
  active: toldBoolean,
})

const Queue = z.object({
  vhost: z.string(),
  name: z.string(),
  node: toldText,
  leader: toldText,
  members: z.array(z.string()).optional(),
  auto_delete: z.boolean(),
  exclusive: toldBoolean,
  consumer_capacity: toldNumber,
  consumer_utilisation: toldNumber,
  memory: toldNumber,
  message_bytes: toldNumber,
  head_message_timestamp: toldSeconds,
  message_stats: MessageStats,
  operator_policy: toldText,
  arguments: toldObject,
  effective_policy_definition: toldObject,
  consumer_details: z.array(Consumer).optional(),
})

const Binding = z.object({ source: z.string(), routing_key: z.string(), arguments: toldObject })

/** The queues that a detail page is open on, each in full. Asks nothing where there are none. */
export function watchDetail(
  links: Links,
  demand: Demand,
  signal: AbortSignal,
): AsyncIterable<Reading<ReadonlyMap<string, QueueDetail>>> {
  return pollEvery(demand, signal, ({ keys }, signal) =>
    takeReading(signal, async (asking) => {
      const told = new Map<string, QueueDetail>()
      await aFewAtATime(AT_A_TIME, keys, async (key) => {
        const detail = await readQueue(links, key, asking)
        if (detail !== null) told.set(key, detail)
      })
      const lacking = keys.length - told.size
      return {
        data: told,
        completeness: completenessOf([
          lacking === 0 ? null : `${lacking} of ${keys.length} queues are not told`,
          keys.length > 0 && !(await links.facts.read(asking)).statistics
            ? 'the broker keeps no statistics'
            : null,
        ]),
      }
    }),
  )
}

/** null where this one queue is missing or refused: that costs its own row. */
async function readQueue(links: Links, key: string, asking: Asking): Promise<QueueDetail | null> {
  const { vhost, name } = parseQueueKey(key)
  try {
    const path = ['queues', vhost, name]
    const [queue, bindings, { statistics }] = await Promise.all([
      links.client.get(asking, managementPath(path), Queue),
      links.client.get(asking, managementPath([...path, 'bindings']), z.array(Binding)),
      links.facts.read(asking),
    ])
    return queueDetail(queue, bindings, statistics)
  } catch (error) {
    if (error instanceof BrokerError && !error.retryable && error.code !== 'BROKER_AUTH') return null
    throw error
  }
}

function queueDetail(
  queue: z.infer<typeof Queue>,
  bindings: readonly z.infer<typeof Binding>[],
  statistics: boolean,
): QueueDetail {
  return {
    vhost: queue.vhost,
    name: queue.name,
    node: queue.node,
    leader: queue.leader,
    members: queue.members ?? null,
    autoDelete: queue.auto_delete,
    exclusive: queue.exclusive,
    consumerCapacity: queue.consumer_capacity ?? queue.consumer_utilisation,
    memoryBytes: queue.memory,
    messageBytes: queue.message_bytes,
    headMessageAt: queue.head_message_timestamp,
    redeliverRate: rateOf(queue.message_stats, 'redeliver_details', statistics),
    operatorPolicy: queue.operator_policy,
    arguments: queue.arguments ?? {},
    effectivePolicy: queue.effective_policy_definition,
    consumers: (queue.consumer_details ?? []).map(consumer),
    bindings: bindings.map(({ source, routing_key, ...binding }) => ({
      source,
      routingKey: routing_key,
      arguments: binding.arguments ?? {},
    })),
  }
}

function consumer({
  channel_details: channel,
  ...told
}: z.infer<typeof Consumer>): QueueDetail['consumers'][number] {
  const host = channel?.peer_host ?? null
  return {
    consumerTag: told.consumer_tag,
    channel: channel?.name ?? '',
    peer: host === null ? null : `${host}:${channel?.peer_port ?? '?'}`,
    user: channel?.user ?? null,
    prefetchCount: told.prefetch_count,
    ackRequired: told.ack_required,
    active: told.active,
  }
}
