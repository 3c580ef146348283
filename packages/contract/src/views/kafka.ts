import { z } from 'zod'
import { count, ms, offset, perSecond, Trend } from './common.ts'

export const KafkaBroker = z.object({
  id: z.number().int(),
  host: z.string(),
  port: z.number().int(),
  rack: z.string().nullable(),
  /** Whether it answered its last poll. */
  reachable: z.boolean(),
  /** Partitions it leads. */
  leaders: z.number().int(),
  sizeBytes: count,
})

/** For an instance that is a share of a cluster, `brokers` and `controllerId` are null and figures count its own topics. */
export const KafkaOverview = z.object({
  version: z.string().nullable(),
  clusterId: z.string().nullable(),
  /** The KRaft leader: what Metadata calls controller is a random live broker. */
  controllerId: z.number().int().nullable(),
  brokers: z.array(KafkaBroker).nullable(),
  topics: count,
  partitions: count,
  underReplicatedPartitions: count,
  leaderlessPartitions: count,
  groups: count,
  /** Sum of what groups have still to read. */
  lag: count,
  messagesInPerSecond: perSecond,
  /** What groups consumed, all together. */
  messagesOutPerSecond: perSecond,
})
export type KafkaOverview = z.infer<typeof KafkaOverview>

export const KafkaTopicRow = z.object({
  key: z.string(),
  topic: z.string(),
  /** Kafka's own (`__consumer_offsets` …): counted in no total. */
  internal: z.boolean(),
  partitions: z.number().int(),
  replicationFactor: z.number().int(),
  /** logEndOffset − logStartOffset over all partitions: an upper bound on compacted and transactional topics. */
  messages: count,
  messagesInPerSecond: perSecond,
  sizeBytes: count,
  cleanupPolicy: z.string().nullable(),
  /** −1 keeps for ever. */
  retentionMs: ms,
  underReplicatedPartitions: count,
  leaderlessPartitions: count,
})
export type KafkaTopicRow = z.infer<typeof KafkaTopicRow>

export const KafkaGroupProtocol = z.enum(['classic', 'consumer', 'share', 'streams'])

export const KafkaGroupRow = z.object({
  key: z.string(),
  groupId: z.string(),
  /** The broker's own word: Stable, Empty, PreparingRebalance, Assigning …; null where not told. */
  state: z.string().nullable(),
  protocol: KafkaGroupProtocol,
  members: count,
  /** The topics it has commits on. */
  topics: z.array(z.string()),
  /** Messages still to read; null with nothing committed. */
  lag: count,
  /** At least this old is what it reads next: from our own history of end offsets, so never more than we have watched. */
  lagMs: ms,
  consumedPerSecond: perSecond,
  /** What its topics receive. */
  messagesInPerSecond: perSecond,
  trend: Trend,
  drainMs: ms,
})
export type KafkaGroupRow = z.infer<typeof KafkaGroupRow>

export const KafkaGroupPartitionRow = z.object({
  /** `topic-partition`, as Kafka itself writes it. */
  key: z.string(),
  topic: z.string(),
  partition: z.number().int(),
  committedOffset: offset,
  logStartOffset: offset,
  logEndOffset: offset,
  lag: count,
  /** Age of the record at the commit, exact: read from the log. 0 when caught up. */
  lagMs: ms,
  memberId: z.string().nullable(),
  clientId: z.string().nullable(),
  host: z.string().nullable(),
})
export type KafkaGroupPartitionRow = z.infer<typeof KafkaGroupPartitionRow>
