import type { KafkaCommit, KafkaPartitionOffsets, KafkaTopicOffsets } from '@weir/drivers'

/**
 * Messages that a group has still to read of one partition. What retention took is not lag: it counts from the log's
 * start. A commit past the end (a broker takes any) is 0. Null: nothing committed, or the ends are unknown.
 */
export function partitionLag(
  committed: bigint | null,
  ends: KafkaPartitionOffsets | undefined,
): number | null {
  if (committed === null || ends?.logEndOffset == null) return null
  const from =
    ends.logStartOffset !== null && ends.logStartOffset > committed ? ends.logStartOffset : committed
  return ends.logEndOffset > from ? Number(ends.logEndOffset - from) : 0
}

/** Up to where a group has read: its commit, or the end of the markers that alone follow it. */
export function readTo({ committedOffset, markersTo }: KafkaCommit): bigint {
  return markersTo !== undefined && markersTo > committedOffset ? markersTo : committedOffset
}

/** A reading's partitions stand at their own index. */
export function endsOf(
  offsets: ReadonlyMap<string, KafkaTopicOffsets>,
  topic: string,
  partition: number,
): KafkaPartitionOffsets | undefined {
  return offsets.get(topic)?.partitions[partition]
}

/** Over all partitions it has commits on; null where it has none, or where no partition's lag is known. */
export function groupLag(
  commits: readonly KafkaCommit[],
  offsets: ReadonlyMap<string, KafkaTopicOffsets>,
): number | null {
  let lag: number | null = null
  for (const commit of commits) {
    const one = partitionLag(readTo(commit), endsOf(offsets, commit.topic, commit.partition))
    if (one !== null) lag = (lag ?? 0) + one
  }
  return lag
}
