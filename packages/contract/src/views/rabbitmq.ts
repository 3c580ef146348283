import { z } from 'zod'
import { at, count, ms, perSecond, Trend } from './common.ts'

export const RabbitmqNode = z.object({
  name: z.string(),
  running: z.boolean(),
  /** Bytes in use, and where the alarm goes off. */
  memoryBytes: count,
  memoryLimitBytes: count,
  diskFreeBytes: count,
  diskFreeLimitBytes: count,
  memoryAlarm: z.boolean(),
  diskAlarm: z.boolean(),
  uptimeMs: ms,
})

/** For an instance that is a share of a cluster, `nodes` is null and the figures count its own queues. */
export const RabbitmqOverview = z.object({
  version: z.string().nullable(),
  erlangVersion: z.string().nullable(),
  clusterName: z.string().nullable(),
  nodes: z.array(RabbitmqNode).nullable(),
  /** ready + unacknowledged. Streams are left out: they keep their log. */
  messages: count,
  messagesReady: count,
  messagesUnacknowledged: count,
  publishRate: perSecond,
  deliverGetRate: perSecond,
  ackRate: perSecond,
  connections: count,
  channels: count,
  queues: count,
  consumers: count,
})
export type RabbitmqOverview = z.infer<typeof RabbitmqOverview>

export const RabbitmqQueueRow = z.object({
  key: z.string(),
  vhost: z.string(),
  name: z.string(),
  /** classic, quorum, stream, or a type of the broker's own (`rabbit_mqtt_qos0_queue`). */
  type: z.string(),
  /** The broker's own word: running, idle, minority, down, stopped, crashed …; null where not told. */
  state: z.string().nullable(),
  /** ready + unacknowledged: the queue depth. */
  messages: count,
  messagesReady: count,
  messagesUnacknowledged: count,
  consumers: count,
  publishRate: perSecond,
  deliverGetRate: perSecond,
  ackRate: perSecond,
  durable: z.boolean(),
  policy: z.string().nullable(),
  trend: Trend,
  /** Until empty at the last minute's pace; null while it isn't draining. */
  drainMs: ms,
})
export type RabbitmqQueueRow = z.infer<typeof RabbitmqQueueRow>

export const RabbitmqConsumer = z.object({
  consumerTag: z.string(),
  channel: z.string(),
  /** `address:port` of the client; null where hidden. */
  peer: z.string().nullable(),
  user: z.string().nullable(),
  prefetchCount: count,
  ackRequired: z.boolean(),
  active: z.boolean().nullable(),
})

export const RabbitmqBinding = z.object({
  /** Empty text: the default exchange. */
  source: z.string(),
  routingKey: z.string(),
  arguments: z.record(z.string(), z.unknown()),
})

export const RabbitmqQueue = RabbitmqQueueRow.omit({ key: true }).extend({
  node: z.string().nullable(),
  exclusive: z.boolean().nullable(),
  autoDelete: z.boolean(),
  /** 0–1: how much of the time the queue could deliver at once. */
  consumerCapacity: z.number().nullable(),
  memoryBytes: count,
  messageBytes: count,
  /** When the oldest message was published; null without timestamps. */
  headMessageAt: at,
  redeliverRate: perSecond,
  operatorPolicy: z.string().nullable(),
  arguments: z.record(z.string(), z.unknown()),
  /** What the policies in effect amount to; null where the version doesn't tell. */
  effectivePolicy: z.record(z.string(), z.unknown()).nullable(),
  members: z.array(z.string()).nullable(),
  leader: z.string().nullable(),
  consumersList: z.array(RabbitmqConsumer),
  bindings: z.array(RabbitmqBinding),
})
export type RabbitmqQueue = z.infer<typeof RabbitmqQueue>

/** As in the management API's own paths: `%2F/orders`. */
export function queueKey(vhost: string, name: string): string {
  return `${encodeURIComponent(vhost)}/${encodeURIComponent(name)}`
}

export function parseQueueKey(key: string): { vhost: string; name: string } {
  const [vhost = '', name = ''] = key.split('/')
  return { vhost: decodeURIComponent(vhost), name: decodeURIComponent(name) }
}
