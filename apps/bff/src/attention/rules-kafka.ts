import type { KafkaGroupRow, KafkaTopicRow } from '@weir/contract'
import type { Finding } from '../store/attention-book.ts'
import { groupHistoryKey } from '../store/derive-kafka.ts'
import { groupRows } from '../views/kafka-groups.ts'
import { topicRows } from '../views/kafka-topics.ts'
import type { Part } from '../views/view-definition.ts'
import { thresholds } from './thresholds.ts'

export function kafkaFindings(part: Part): Finding[] {
  return [
    ...partitionFindings(part, 'partitionsLeaderless', 'leaderlessPartitions', 'act'),
    ...partitionFindings(part, 'partitionsUnderReplicated', 'underReplicatedPartitions', 'look'),
    ...(groupRows(part) ?? []).flatMap((group) => groupFindings(part, group)),
  ]
}

function partitionFindings(
  part: Part,
  rule: 'partitionsLeaderless' | 'partitionsUnderReplicated',
  field: 'leaderlessPartitions' | 'underReplicatedPartitions',
  severity: Finding['severity'],
): Finding[] {
  const broken = (topicRows(part) ?? []).filter((topic: KafkaTopicRow) => (topic[field] ?? 0) > 0)
  const partitions = broken.reduce((sum, topic) => sum + (topic[field] ?? 0), 0)
  if (partitions === 0) return []
  const figures = { name: part.instance.name, partitions, topics: broken.length }
  return [{ rule, severity, object: null, figures, holdMs: thresholds.partitions.holdMs }]
}

/** Its lag has grown for a minute: with members they are too slow, without any nobody reads. */
function groupFindings(part: Part, group: KafkaGroupRow): Finding[] {
  const { leastLag, leastAgeMs, holdMs } = thresholds.groupFallingBehind
  if (group.trend !== 'growing' || group.lag === null || group.lag < leastLag) return []
  // Between two commits every group is a little behind: what it reads next must have waited for longer than that.
  if (group.lagMs !== null && group.lagMs < leastAgeMs) return []
  const { groupId: name, lag, messagesInPerSecond: inPerSecond, consumedPerSecond, members, lagMs } = group
  const { perSecond } = part.derived.backlog.outlook(groupHistoryKey(part.instance.clusterId, name))
  const common = { object: name, holdMs, severity: 'act' } as const
  if (members === 0) {
    return [
      {
        ...common,
        rule: 'groupWithoutMembers',
        figures: { name, lag, lagPerSecond: perSecond, inPerSecond },
      },
    ]
  }
  const figures = {
    ...{ name, lag, lagPerSecond: perSecond, inPerSecond },
    ...{ outPerSecond: consumedPerSecond, members, oldestAgeMs: lagMs },
  }
  return [{ ...common, rule: 'groupFallingBehind', figures }]
}
