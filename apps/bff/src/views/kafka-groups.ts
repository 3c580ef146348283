import type { KafkaGroupRow } from '@weir/contract'
import type { KafkaCommit, KafkaGroupMeta, KafkaTopicOffsets } from '@weir/drivers'
import { groupHistoryKey, groupRateKey, topicRateKey } from '../store/derive-kafka.ts'
import { groupLag, partitionLag, readTo } from '../store/kafka-lag.ts'
import { kafkaScope, ownsGroup, ownsTopic } from './kafka-scope.ts'
import { memoPerInstance } from './memo-per-instance.ts'
import { onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

export const kafkaGroups: ViewDefinition = {
  sources: () => ['kafka.offsets', 'kafka.commits', 'kafka.groups'],
  project(parts) {
    const rows = groupRows(onlyPart(parts))
    return rows ? { status: 'rows', rows } : waiting
  },
  rowPoints: (part, key) =>
    ownsGroup(kafkaScope(part), key) && readsOwnTopicsOnly(part, key)
      ? part.derived.backlog.points(groupHistoryKey(part.instance.clusterId, key))
      : [],
}

const memo = memoPerInstance<KafkaGroupRow[] | null>()

/**
 * Every group of the instance's prefix; null before offsets, commits and groups have all been read.
 * Lag: from commits that were read before the end offsets; a share group's is the broker's own.
 */
export function groupRows(part: Part): KafkaGroupRow[] | null {
  const groups = part.slot('kafka.groups')?.reading
  const commits = part.slot('kafka.commits')?.reading
  const offsets = part.slot('kafka.offsets')?.reading
  return memo(part, [groups, commits, offsets], () => {
    if (!groups || !commits || !offsets) return null
    const scope = kafkaScope(part)
    return [...groups.data.values()]
      .filter(({ groupId }) => ownsGroup(scope, groupId))
      .map((group) =>
        groupRow(part, group, ownCommits(part, group.groupId), offsets.data, offsets.observedAt),
      )
  })
}

/** The group's commits on topics of the instance's prefix. What it does with others' topics isn't this tenant's to see. */
export function ownCommits(part: Part, groupId: string): readonly KafkaCommit[] {
  const scope = kafkaScope(part)
  const commits = part.slot('kafka.commits')?.reading?.data.get(groupId) ?? []
  return 'all' in scope ? commits : commits.filter(({ topic }) => ownsTopic(scope, topic))
}

function groupRow(
  part: Part,
  group: KafkaGroupMeta,
  commits: readonly KafkaCommit[],
  offsets: ReadonlyMap<string, KafkaTopicOffsets>,
  at: number,
): KafkaGroupRow {
  const { groupId, state, protocol, members, brokerLag } = group
  const topics = [...new Set(commits.map(({ topic }) => topic))].sort()
  return {
    key: groupId,
    groupId,
    state,
    protocol,
    members,
    topics,
    lag: brokerLag ?? groupLag(commits, offsets),
    lagMs: lagMsOf(part, commits, offsets, at),
    messagesInPerSecond: rateInto(part, topics, offsets),
    ...pace(part, groupId),
  }
}

/** Kept per group over all its commits: told only where those are all this tenant's. */
function pace(part: Part, groupId: string): Pick<KafkaGroupRow, 'consumedPerSecond' | 'trend' | 'drainMs'> {
  const { clusterId } = part.instance
  const commits = part.slot('kafka.commits')?.reading?.data.get(groupId)
  if (!commits || !readsOwnTopicsOnly(part, groupId)) {
    return { consumedPerSecond: null, trend: 'unknown', drainMs: null }
  }
  const { trend, drainMs } = part.derived.backlog.outlook(groupHistoryKey(clusterId, groupId))
  return {
    consumedPerSecond: part.derived.rates.rate(groupRateKey(clusterId, groupId, commits)),
    trend,
    drainMs,
  }
}

function readsOwnTopicsOnly(part: Part, groupId: string): boolean {
  return (
    ownCommits(part, groupId).length === (part.slot('kafka.commits')?.reading?.data.get(groupId)?.length ?? 0)
  )
}

/** Of its oldest waiting record, at least; 0 where nothing waits, null with nothing committed or no history yet. */
function lagMsOf(
  part: Part,
  commits: readonly KafkaCommit[],
  offsets: ReadonlyMap<string, KafkaTopicOffsets>,
  at: number,
): number | null {
  const history = part.derived.endOffsets
  let oldest: number | null = null
  for (const commit of commits) {
    const { topic, partition } = commit
    const told = offsets.get(topic)
    const lag = partitionLag(readTo(commit), told?.partitions[partition])
    if (!told || lag === null) continue
    const age =
      lag === 0 ? 0 : history.lagMs(part.instance.clusterId, told.topicId, partition, readTo(commit), at)
    if (age !== null) oldest = Math.max(oldest ?? 0, age)
  }
  return oldest
}

/** Null while one of the topics has no rate: a part of the sum would pass for the whole. */
function rateInto(
  part: Part,
  topics: readonly string[],
  offsets: ReadonlyMap<string, KafkaTopicOffsets>,
): number | null {
  let sum: number | null = null
  for (const topic of topics) {
    const told = offsets.get(topic)
    const rate = told && part.derived.rates.rate(topicRateKey(part.instance.clusterId, told))
    if (rate === undefined || rate === null) return null
    sum = (sum ?? 0) + rate
  }
  return sum
}
