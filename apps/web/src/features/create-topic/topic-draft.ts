import type { KafkaScope, KafkaTopicRow } from '@weir/contract'

export const cleanupPolicies = ['delete', 'compact', 'compact,delete'] as const
export const retentions = ['default', '1h', '1d', '7d', 'forEver', 'own'] as const
export const spanUnits = ['m', 'h', 'd'] as const

const MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const FOR_EVER = -1
const NAME_MAX = 249
const PARTITIONS_MAX = 10_000
const REPLICAS_MAX = 32

/** What stands in the form, right or not yet. */
export interface TopicDraft {
  /** After the instance's prefix. */
  readonly name: string
  readonly partitions: string
  readonly replicationFactor: string
  readonly cleanupPolicy: (typeof cleanupPolicies)[number]
  readonly retention: (typeof retentions)[number]
  readonly ownSpan: string
  readonly ownUnit: (typeof spanUnits)[number]
}

/** What is asked of the broker. */
export interface NewTopic {
  readonly topic: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly cleanupPolicy: TopicDraft['cleanupPolicy']
  readonly retentionMs?: number
}

export type TopicField = 'name' | 'partitions' | 'replicationFactor' | 'ownSpan'
export type Mistake = 'characters' | 'tooLong' | 'dots' | 'taken' | 'number' | 'missing'

export interface ReadDraft {
  /** Null while something is missing or wrong. */
  readonly topic: NewTopic | null
  readonly mistakes: Partial<Record<TopicField, Mistake>>
}

export function prefixOf(scope: KafkaScope): string {
  return 'all' in scope ? '' : scope.topicPrefix
}

/** As many replicas as most topics here have: the broker has the last word. */
export function usualReplicas(
  topics: Iterable<Pick<KafkaTopicRow, 'replicationFactor' | 'internal'>>,
): number {
  const counts = new Map<number, number>()
  for (const { replicationFactor, internal } of topics) {
    if (!internal) counts.set(replicationFactor, (counts.get(replicationFactor) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? 1
}

/** Records of a topic that is compacted alone leave by key and never by age. */
export function hasRetention(policy: TopicDraft['cleanupPolicy']): boolean {
  return policy !== 'compact'
}

export function readDraft(draft: TopicDraft, prefix: string, taken: ReadonlySet<string>): ReadDraft {
  const topic = `${prefix}${draft.name}`
  const partitions = wholeNumber(draft.partitions, PARTITIONS_MAX)
  const replicationFactor = wholeNumber(draft.replicationFactor, REPLICAS_MAX)
  const retentionMs = hasRetention(draft.cleanupPolicy) ? retentionOf(draft) : undefined
  const mistakes = {
    ...named('name', nameMistake(draft.name, topic, taken)),
    ...named('partitions', partitions === null ? 'number' : null),
    ...named('replicationFactor', replicationFactor === null ? 'number' : null),
    ...named('ownSpan', retentionMs === null ? (draft.ownSpan.trim() === '' ? 'missing' : 'number') : null),
  }
  if (Object.keys(mistakes).length > 0 || partitions === null || replicationFactor === null) {
    return { topic: null, mistakes }
  }
  const { cleanupPolicy } = draft
  const kept = typeof retentionMs === 'number' ? { retentionMs } : {}
  return { topic: { topic, partitions, replicationFactor, cleanupPolicy, ...kept }, mistakes }
}

/** Undefined: the broker's own default. Null: not told rightly. */
function retentionOf({ retention, ownSpan, ownUnit }: TopicDraft): number | undefined | null {
  switch (retention) {
    case 'default':
      return undefined
    case '1h':
      return MS.h
    case '1d':
      return MS.d
    case '7d':
      return 7 * MS.d
    case 'forEver':
      return FOR_EVER
    case 'own': {
      const span = Number(ownSpan)
      const ms = Math.round(span * MS[ownUnit])
      return ownSpan.trim() !== '' && span > 0 && Number.isSafeInteger(ms) ? ms : null
    }
    default:
      return retention satisfies never
  }
}

function nameMistake(name: string, topic: string, taken: ReadonlySet<string>): Mistake | null {
  if (name === '') return 'missing'
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) return 'characters'
  if (topic.length > NAME_MAX) return 'tooLong'
  if (topic === '.' || topic === '..') return 'dots'
  return taken.has(topic) ? 'taken' : null
}

function wholeNumber(text: string, max: number): number | null {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : 0
  return value >= 1 && value <= max ? value : null
}

function named(field: TopicField, mistake: Mistake | null): ReadDraft['mistakes'] {
  return mistake === null ? {} : { [field]: mistake }
}
