import type { KafkaOverview } from '@weir/contract'
import type { KafkaMetadata } from '@weir/drivers'
import { groupRows } from './kafka-groups.ts'
import { kafkaScope } from './kafka-scope.ts'
import { topicRows } from './kafka-topics.ts'
import { sumOf } from './sums.ts'
import { onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

export const kafkaOverview: ViewDefinition = {
  sources: () => ['kafka.offsets', 'kafka.commits', 'kafka.groups', 'kafka.metadata'],
  project(parts) {
    const record = overview(onlyPart(parts))
    return record ? { status: 'record', record } : waiting
  },
}

/**
 * Counted from the instance's own topics and groups; what is the cluster's alone (brokers, controller, id) is null for
 * a share of it. Kafka's own topics are left out of the counts, but not of what is wrong with their replicas.
 */
function overview(part: Part): KafkaOverview | null {
  const metadata = part.slot('kafka.metadata')?.reading?.data
  const all = topicRows(part)
  if (!metadata || !all) return null
  const groups = groupRows(part)
  const topics = all.filter(({ internal }) => !internal)
  const whole = 'all' in kafkaScope(part)
  return {
    version: metadata.version,
    clusterId: whole ? metadata.clusterId : null,
    controllerId: whole ? metadata.controllerId : null,
    brokers: whole ? brokersOf(metadata) : null,
    topics: topics.length,
    partitions: sumOf(topics, 'partitions'),
    underReplicatedPartitions: sumOf(all, 'underReplicatedPartitions'),
    leaderlessPartitions: sumOf(all, 'leaderlessPartitions'),
    groups: groups?.length ?? null,
    lag: groups && sumOf(groups, 'lag'),
    messagesInPerSecond: sumOf(topics, 'messagesInPerSecond'),
    messagesOutPerSecond: groups && sumOf(groups, 'consumedPerSecond'),
  }
}

function brokersOf({ brokers, topics }: KafkaMetadata): NonNullable<KafkaOverview['brokers']> {
  const leaders = new Map<number | null, number>()
  for (const { partitions } of topics.values()) {
    for (const { leader } of partitions) leaders.set(leader, (leaders.get(leader) ?? 0) + 1)
  }
  return brokers.map(({ id, host, port, rack, reachable, sizeBytes }) => ({
    id,
    host,
    port,
    rack,
    reachable,
    leaders: leaders.get(id) ?? 0,
    sizeBytes,
  }))
}
