import type { KafkaTopicRow } from '@weir/contract'
import type { KafkaTopicMeta, KafkaTopicOffsets } from '@weir/drivers'
import { topicRateKey } from '../store/derive-kafka.ts'
import { kafkaScope, ownsTopic } from './kafka-scope.ts'
import { memoPerInstance } from './memo-per-instance.ts'
import { onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

export const kafkaTopics: ViewDefinition = {
  sources: () => ['kafka.offsets', 'kafka.metadata'],
  project(parts) {
    const rows = topicRows(onlyPart(parts))
    return rows ? { status: 'rows', rows } : waiting
  },
}

const memo = memoPerInstance<KafkaTopicRow[] | null>()

/** Every topic of the instance's prefix, Kafka's own included where the instance is a whole cluster; null before Metadata. */
export function topicRows(part: Part): KafkaTopicRow[] | null {
  const metadata = part.slot('kafka.metadata')?.reading
  const offsets = part.slot('kafka.offsets')?.reading
  return memo(part, [metadata, offsets], () => {
    if (!metadata) return null
    const scope = kafkaScope(part)
    return [...metadata.data.topics.values()]
      .filter(({ topic }) => ownsTopic(scope, topic))
      .map((topic) => topicRow(part, topic, offsetsOf(topic, offsets?.data)))
  })
}

/** Offsets of this very topic: one of another id is what had the name before, or has it now. */
function offsetsOf(
  { topic, topicId }: KafkaTopicMeta,
  offsets: ReadonlyMap<string, KafkaTopicOffsets> | undefined,
): KafkaTopicOffsets | undefined {
  const told = offsets?.get(topic)
  return told?.topicId === topicId ? told : undefined
}

function topicRow(part: Part, meta: KafkaTopicMeta, offsets: KafkaTopicOffsets | undefined): KafkaTopicRow {
  const { topic, internal, partitions, sizeBytes, cleanupPolicy, retentionMs } = meta
  return {
    key: topic,
    topic,
    internal,
    partitions: partitions.length,
    replicationFactor: Math.max(0, ...partitions.map(({ replicas }) => replicas.length)),
    messages: offsets ? messagesIn(offsets) : null,
    messagesInPerSecond: offsets
      ? part.derived.rates.rate(topicRateKey(part.instance.clusterId, offsets))
      : null,
    sizeBytes,
    cleanupPolicy,
    retentionMs,
    underReplicatedPartitions: partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length,
    leaderlessPartitions: partitions.filter(({ leader }) => leader === null).length,
  }
}

/** Null while any partition's ends are unknown: a part of the sum would pass for the whole. */
function messagesIn({ partitions }: KafkaTopicOffsets): number | null {
  let messages = 0n
  for (const { logStartOffset, logEndOffset } of partitions) {
    if (logStartOffset === null || logEndOffset === null) return null
    messages += logEndOffset - logStartOffset
  }
  return Number(messages)
}
