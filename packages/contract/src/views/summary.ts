import { z } from 'zod'
import { ErrorCode } from '../errors.ts'
import { BrokerKind } from '../scope.ts'
import { count, ms, perSecond, Trend } from './common.ts'

/** One instance (view `tenant`) or one cluster (view `fleet`) in the vocabulary that the three brokers share. */
export const SummaryRow = z.object({
  /** The instance's id. */
  key: z.string(),
  instanceId: z.string(),
  clusterId: z.string(),
  kind: BrokerKind,
  name: z.string(),
  /** `live`, or what keeps it from being so. */
  state: z.enum(['live', 'waiting', 'stale', 'refused', 'unavailable']),
  /** Why, where it isn't live. */
  code: z.enum(ErrorCode).nullable(),
  /** Since when it isn't live; epoch ms. */
  since: z.number().nullable(),
  version: z.string().nullable(),
  /** How many queues, groups or clients it counts. */
  objects: count,
  /** What waits for a consumer. RabbitMQ messages without streams; Kafka lag; null for MQTT on Mosquitto. */
  backlog: count,
  inPerSecond: perSecond,
  outPerSecond: perSecond,
  /** RabbitMQ consumers, Kafka members, MQTT clients. */
  consumers: count,
  oldestAgeMs: ms,
  trend: Trend,
  drainMs: ms,
})
export type SummaryRow = z.infer<typeof SummaryRow>

/** The rules of "What is wrong"; thresholds stand in one file of the BFF. */
export const AttentionRule = z.enum([
  'unreachable',
  'credentialsRefused',
  'nodeDown',
  'nodeAlarm',
  'partitionsLeaderless',
  'partitionsUnderReplicated',
  'groupFallingBehind',
  'groupWithoutMembers',
  'queueBursting',
  'queueNearLimit',
  'queueWithoutConsumers',
  'clientFlapping',
  'messagesDropped',
])
export type AttentionRule = z.infer<typeof AttentionRule>

/** What each rule tells in `figures`, besides `name`, the object's own name. Numbers; units as their names say. */
export const attentionFigures = {
  /** `code`: the ErrorCode. */
  unreachable: ['code'],
  credentialsRefused: [],
  nodeDown: [],
  /** `alarm`: memory or disk. */
  nodeAlarm: ['alarm'],
  partitionsLeaderless: ['partitions', 'topics'],
  partitionsUnderReplicated: ['partitions', 'topics'],
  groupFallingBehind: ['lag', 'lagPerSecond', 'inPerSecond', 'outPerSecond', 'members', 'oldestAgeMs'],
  groupWithoutMembers: ['lag', 'lagPerSecond', 'inPerSecond'],
  /** `usualMessages`: the median of its own last 15 minutes. */
  queueBursting: ['messages', 'usualMessages', 'perSecond', 'publishRate', 'deliverGetRate', 'consumers'],
  /** `share`: 0–1 of `limit`. */
  queueNearLimit: ['messages', 'limit', 'share'],
  queueWithoutConsumers: ['messages', 'perSecond'],
  clientFlapping: ['connects', 'takeovers', 'windowMs'],
  /** `total`: since the broker's start. */
  messagesDropped: ['perSecond', 'total'],
} as const satisfies Record<AttentionRule, readonly string[]>

export const AttentionRow = z.object({
  /** rule, instance and object in one text. */
  key: z.string(),
  rule: AttentionRule,
  severity: z.enum(['look', 'act']),
  instanceId: z.string(),
  kind: BrokerKind,
  /** The row key of the queue, group or client it is about; null: the instance itself. */
  object: z.string().nullable(),
  /** Epoch ms: since when it holds. */
  since: z.number(),
  /** What the sentence is filled with: numbers and short words by field name, units as elsewhere. */
  figures: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
})
export type AttentionRow = z.infer<typeof AttentionRow>
