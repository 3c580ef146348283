import { z } from 'zod'
import { at, count, perSecond } from './common.ts'

/** `$SYS` is the whole broker's, so for an instance that is a share of it only `clientsConnected` (its own) is told. */
export const MqttOverview = z.object({
  version: z.string().nullable(),
  uptimeSeconds: count,
  clientsConnected: count,
  clientsDisconnected: count,
  clientsTotal: count,
  subscriptions: count,
  /** The `$SYS` values themselves are taken off. */
  retainedMessages: count,
  messagesReceivedPerSecond: perSecond,
  messagesSentPerSecond: perSecond,
  bytesReceivedPerSecond: perSecond,
  bytesSentPerSecond: perSecond,
  publishReceivedPerSecond: perSecond,
  publishSentPerSecond: perSecond,
  publishDroppedPerSecond: perSecond,
  /** Since the broker's start. */
  publishDropped: count,
  /** When each value last came, by field name: the broker sends a value only when it changes. */
  observedAt: z.record(z.string(), z.number()),
  /** How many clients are known one by one, and since when we have been listening. */
  clientsSeen: count,
  seenSince: at,
})
export type MqttOverview = z.infer<typeof MqttOverview>

export const MqttClientRow = z.object({
  key: z.string(),
  clientId: z.string(),
  username: z.string().nullable(),
  /** `address:port`. */
  address: z.string().nullable(),
  protocolVersion: z.enum(['3.1', '3.1.1', '5.0']).nullable(),
  cleanStart: z.boolean().nullable(),
  /** Seconds. */
  keepAlive: count,
  connectedAt: at,
  /** Topic filters seen subscribed. */
  subscriptions: z.array(z.string()),
  /** Times the broker began to drop messages for it. */
  drops: z.number().int(),
  /** Times another connection took its client id. */
  takeovers: z.number().int(),
  /** Connects in the last ten minutes. */
  recentConnects: z.number().int(),
  /** Connected before we listened and not heard of since: from our own record, not yet confirmed by the broker. */
  confirmed: z.boolean(),
  seenSince: at,
})
export type MqttClientRow = z.infer<typeof MqttClientRow>
