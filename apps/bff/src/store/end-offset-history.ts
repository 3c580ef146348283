import type { KafkaCommit, KafkaTopicOffsets } from '@weir/drivers'
import { partitionLag, readTo } from './kafka-lag.ts'

/** 15 minutes at one a second. */
const POINTS = 900
const KEEP_MS = 15 * 60_000
/** Partitions followed in one process, at 14 KB each at most; further ones have no lag in time. */
const MAX_PARTITIONS = 2_000

/** The end offsets of one partition, each with when it was first seen; oldest first, no two alike. */
interface Track {
  readonly ats: number[]
  readonly ends: number[]
}

/**
 * When the end of a partition's log was where: what lag is in time, without a request. Only partitions are followed in
 * which some group lags, and by topic id, so that a topic made anew starts anew.
 */
export class EndOffsetHistory {
  readonly #clusters = new Map<string, Map<string, Track>>()
  #followed = 0

  /** One reading of a cluster's offsets, with the commits read just before it. `at`: epoch ms. */
  feed(
    clusterId: string,
    groups: ReadonlyMap<string, readonly KafkaCommit[]>,
    topics: ReadonlyMap<string, KafkaTopicOffsets>,
    at: number,
  ): void {
    const before = this.#clusters.get(clusterId) ?? new Map<string, Track>()
    const lagging = new Map<string, Track>()
    this.#followed -= before.size
    for (const commits of groups.values()) {
      for (const commit of commits) {
        const { topic, partition } = commit
        const offsets = topics.get(topic)
        const ends = offsets?.partitions[partition]
        if (!offsets || !ends || !partitionLag(readTo(commit), ends)) continue
        const key = trackKey(offsets.topicId, partition)
        if (lagging.has(key) || this.#followed + lagging.size >= MAX_PARTITIONS) continue
        const track = before.get(key) ?? { ats: [], ends: [] }
        lagging.set(key, track)
        add(track, Number(ends.logEndOffset), at)
      }
    }
    this.#clusters.set(clusterId, lagging)
    this.#followed += lagging.size
  }

  /**
   * At least how old the record is that comes next at `committed`; ms. It was there at the latest when the end was
   * first seen beyond it. Never more than we have watched. null: not followed.
   */
  lagMs(
    clusterId: string,
    topicId: string,
    partition: number,
    committed: bigint,
    now: number,
  ): number | null {
    const track = this.#clusters.get(clusterId)?.get(trackKey(topicId, partition))
    if (!track) return null
    const seenAt = track.ats[firstBeyond(track.ends, Number(committed))]
    return seenAt === undefined ? null : Math.max(0, now - seenAt)
  }
}

function trackKey(topicId: string, partition: number): string {
  return `${topicId} ${partition}`
}

function add(track: Track, end: number, at: number): void {
  const last = track.ends.at(-1)
  // A leader chosen uncleanly may have lost records: what was seen beyond its end says nothing any more.
  if (last !== undefined && end < last) track.ats.length = track.ends.length = 0
  if (last === end) return
  track.ats.push(at)
  track.ends.push(end)
  while (track.ats.length > POINTS || (track.ats[1] ?? at) < at - KEEP_MS) {
    track.ats.shift()
    track.ends.shift()
  }
}

/** The index of the first end above `offset`, by halving; past the last where there is none. */
function firstBeyond(ends: readonly number[], offset: number): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) > offset) high = middle
    else low = middle + 1
  }
  return low
}
