import type { KafkaCommit, KafkaTopicOffsets } from '@weir/drivers'
import type { Derive, Derived } from './derived.ts'
import { groupLag } from './kafka-lag.ts'

/** A broker that doesn't answer leaves its partitions' last ends in the reading; past this they are old. */
const OLD_MS = 3_000

/** Rate of a topic: what its end offsets grow by. By topic id: one made anew under the old name starts anew. */
export function topicRateKey(clusterId: string, offsets: KafkaTopicOffsets): string {
  return `${clusterId} kafka.in ${offsets.topicId} ${offsets.partitions.length}`
}

/** Rate of a group: what its commits grow by. A partition more or less would be a jump: it starts anew. */
export function groupRateKey(clusterId: string, groupId: string, commits: readonly KafkaCommit[]): string {
  return `${clusterId} kafka.out ${groupId} ${commits.length}`
}

export function groupHistoryKey(clusterId: string, groupId: string): string {
  return `${clusterId} kafka.group ${groupId}`
}

export const deriveKafka: Derive = (clusterId, source, store, derived) => {
  if (source === 'kafka.offsets') {
    const slot = store.get(clusterId, source)
    if (!slot?.reading || slot.stale) return
    meterTopics(clusterId, slot.reading.data, slot.reading.observedAt, derived)
    const commits = store.get(clusterId, 'kafka.commits')
    if (commits?.reading && !commits.stale) {
      keepLags(clusterId, commits.reading.data, slot.reading.data, slot.reading.observedAt, derived)
    }
  } else if (source === 'kafka.commits') {
    const slot = store.get(clusterId, source)
    if (slot?.reading && !slot.stale) {
      meterGroups(clusterId, slot.reading.data, slot.reading.observedAt, derived)
    }
  }
}

function meterTopics(
  clusterId: string,
  topics: ReadonlyMap<string, KafkaTopicOffsets>,
  at: number,
  { rates }: Derived,
): void {
  const kept = new Set<string>()
  for (const topic of topics.values()) {
    const key = topicRateKey(clusterId, topic)
    kept.add(key)
    // While a partition's end is unknown, or as of long ago, so is the sum: the rate waits rather than dips and jumps.
    if (
      topic.partitions.some(
        ({ logEndOffset, observedAt }) => logEndOffset === null || observedAt < at - OLD_MS,
      )
    ) {
      continue
    }
    rates.observe(
      key,
      Number(topic.partitions.reduce((sum, { logEndOffset }) => sum + (logEndOffset ?? 0n), 0n)),
      at,
    )
  }
  rates.prune(`${clusterId} kafka.in `, kept)
}

function meterGroups(
  clusterId: string,
  groups: ReadonlyMap<string, readonly KafkaCommit[]>,
  at: number,
  { rates }: Derived,
): void {
  const kept = new Set<string>()
  for (const [groupId, commits] of groups) {
    const key = groupRateKey(clusterId, groupId, commits)
    kept.add(key)
    rates.observe(key, Number(commits.reduce((sum, { committedOffset }) => sum + committedOffset, 0n)), at)
  }
  rates.prune(`${clusterId} kafka.out `, kept)
}

function keepLags(
  clusterId: string,
  groups: ReadonlyMap<string, readonly KafkaCommit[]>,
  topics: ReadonlyMap<string, KafkaTopicOffsets>,
  at: number,
  { backlog, endOffsets }: Derived,
): void {
  const kept = new Set<string>()
  for (const [groupId, commits] of groups) {
    const key = groupHistoryKey(clusterId, groupId)
    kept.add(key)
    backlog.record(key, groupLag(commits, topics), at)
  }
  backlog.prune(groupHistoryKey(clusterId, ''), kept)
  endOffsets.feed(clusterId, groups, topics, at)
}
