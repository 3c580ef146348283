import { groupRows } from './kafka-groups.ts'
import { topicRows } from './kafka-topics.ts'
import type { SummaryFigures } from './summary-figures.ts'
import { sumOf } from './sums.ts'
import type { Part } from './view-definition.ts'

/** Backlog is what groups have still to read; oldest age looks at groups with members alone. */
export function kafkaFigures(part: Part): SummaryFigures | null {
  const groups = groupRows(part)
  const topics = topicRows(part)?.filter(({ internal }) => !internal)
  if (!groups && !topics) return null
  return {
    version: part.slot('kafka.metadata')?.reading?.data.version ?? null,
    objects: groups?.length ?? null,
    backlog: groups && sumOf(groups, 'lag'),
    inPerSecond: topics ? sumOf(topics, 'messagesInPerSecond') : null,
    outPerSecond: groups && sumOf(groups, 'consumedPerSecond'),
    consumers: groups && sumOf(groups, 'members'),
    oldestAgeMs: oldestAge(groups ?? []),
  }
}

function oldestAge(groups: readonly { members: number | null; lagMs: number | null }[]): number | null {
  const ages = groups.flatMap(({ members, lagMs }) => (members && lagMs !== null ? lagMs : []))
  return ages.length > 0 ? Math.max(...ages) : null
}
