import type { KafkaGroupPartitionRow, View } from '@weir/contract'
import type { KafkaGroupDetail, KafkaGroupMember, KafkaTopicOffsets } from '@weir/drivers'
import { partitionLag } from '../store/kafka-lag.ts'
import { ownCommits } from './kafka-groups.ts'
import { kafkaScope, ownsGroup, ownsTopic } from './kafka-scope.ts'
import { notOwn, notThere, onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

export const kafkaGroup: ViewDefinition = {
  sources: () => ['kafka.offsets', 'kafka.commits', 'kafka.groups', 'kafka.group'],
  focus: [
    {
      source: 'kafka.group',
      // A foreign group is never asked for.
      keys: (part, view) => [groupOf(view)].filter((groupId) => ownsGroup(kafkaScope(part), groupId)),
    },
  ],
  project(parts, view) {
    const part = onlyPart(parts)
    const groupId = groupOf(view)
    const groups = part.slot('kafka.groups')?.reading
    const offsets = part.slot('kafka.offsets')?.reading
    if (!groups || !offsets || !part.slot('kafka.commits')?.reading) return waiting
    if (!ownsGroup(kafkaScope(part), groupId)) return notOwn
    if (!groups.data.has(groupId)) return notThere(groups.observedAt)
    return { status: 'rows', rows: partitionRows(part, groupId, offsets.data, offsets.observedAt) }
  },
}

function groupOf(view: View): string {
  if (view.type !== 'kafka.group') throw new Error(`not a group: ${view.type}`)
  return view.groupId
}

interface Place {
  readonly topic: string
  readonly partition: number
  readonly committed: bigint | null
  readonly member: KafkaGroupMember | undefined
}

/** What it has commits on, and what its members were given though nothing is committed yet. */
function partitionRows(
  part: Part,
  groupId: string,
  offsets: ReadonlyMap<string, KafkaTopicOffsets>,
  at: number,
): KafkaGroupPartitionRow[] {
  const reading = part.slot('kafka.group')?.reading
  const detail = reading?.data.get(groupId)
  return [...placesOf(part, groupId, detail).values()]
    .sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition)
    .map((place) => partitionRow(place, offsets, at, detail, reading?.observedAt ?? at))
}

function placesOf(part: Part, groupId: string, detail: KafkaGroupDetail | undefined): Map<string, Place> {
  const scope = kafkaScope(part)
  const places = new Map<string, Place>()
  for (const { topic, partition, committedOffset } of ownCommits(part, groupId)) {
    places.set(keyOf(topic, partition), { topic, partition, committed: committedOffset, member: undefined })
  }
  for (const member of detail?.members ?? []) {
    for (const { topic, partition } of member.assignments) {
      if (!ownsTopic(scope, topic)) continue
      const committed = places.get(keyOf(topic, partition))?.committed ?? null
      places.set(keyOf(topic, partition), { topic, partition, committed, member })
    }
  }
  return places
}

function partitionRow(
  { topic, partition, committed, member }: Place,
  offsets: ReadonlyMap<string, KafkaTopicOffsets>,
  at: number,
  detail: KafkaGroupDetail | undefined,
  detailAt: number,
): KafkaGroupPartitionRow {
  const key = keyOf(topic, partition)
  const ends = offsets.get(topic)?.partitions[partition]
  // What follows its commit up to there is transactions' markers: nothing that it could read.
  const readTo = max(
    committed,
    committed === detail?.committed.get(key) ? detail?.markersTo.get(key) : undefined,
  )
  const lag = partitionLag(readTo, ends)
  return {
    key,
    topic,
    partition,
    committedOffset: text(committed),
    logStartOffset: text(ends?.logStartOffset),
    logEndOffset: text(ends?.logEndOffset),
    lag,
    lagMs: lag === 0 ? 0 : recordAge(key, committed, at, detail, detailAt),
    memberId: member?.memberId ?? null,
    clientId: member?.clientId ?? null,
    host: member?.host ?? null,
  }
}

/**
 * The age of the record at the commit. While the commit stands where it was looked up, as of the newest offsets; once
 * it has moved on, as of then: that record has been read, and the next one's time isn't known yet.
 */
function recordAge(
  key: string,
  committed: bigint | null,
  at: number,
  detail: KafkaGroupDetail | undefined,
  detailAt: number,
): number | null {
  const recordAt = detail?.recordAt.get(key)
  if (recordAt === undefined) return null
  const asOf = committed === detail?.committed.get(key) ? Math.max(at, detailAt) : detailAt
  return Math.max(0, asOf - recordAt)
}

function max(a: bigint | null, b: bigint | undefined): bigint | null {
  return a === null || b === undefined || a > b ? a : b
}

function text(offset: bigint | null | undefined): string | null {
  return offset === null || offset === undefined ? null : String(offset)
}

/** As Kafka writes it. */
function keyOf(topic: string, partition: number): string {
  return `${topic}-${partition}`
}
