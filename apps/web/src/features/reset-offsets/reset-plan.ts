import type { ResetPartition } from '@weir/contract'

/** What a reset does, all partitions together. */
export interface ResetTotals {
  /** Partitions whose commit would move, or that would get their first. */
  readonly moved: number
  /** Partitions that stand there already. */
  readonly unmoved: number
  /** Of the moved, those without a commit so far. */
  readonly first: number
  readonly readAgain: number
  readonly skipped: number
}

export function movedPartitions(partitions: readonly ResetPartition[]): readonly ResetPartition[] {
  return partitions.filter(({ from, to }) => from !== to)
}

export function totalsOf(partitions: readonly ResetPartition[]): ResetTotals {
  const moved = movedPartitions(partitions)
  return {
    moved: moved.length,
    unmoved: partitions.length - moved.length,
    first: moved.filter(({ from }) => from === null).length,
    readAgain: moved.reduce((sum, { readAgain }) => sum + readAgain, 0),
    skipped: moved.reduce((sum, { skipped }) => sum + skipped, 0),
  }
}

/** What the live view tells of one partition. */
export interface LogOf {
  readonly topic: string
  readonly partition: number
  /** Decimal text, as all offsets. */
  readonly logEndOffset: string | null
  readonly lag: number | null
}

/**
 * The topic's lag now, and what it would be right after; each null where one of its partitions isn't told. A partition
 * without a commit has no lag yet and counts only afterwards.
 */
export function lagOf(
  topic: string,
  partitions: readonly ResetPartition[],
  logs: Iterable<LogOf>,
): { now: number | null; afterwards: number | null } {
  const ends = new Map<number, LogOf>()
  for (const log of logs) if (log.topic === topic) ends.set(log.partition, log)
  let now: number | null = 0
  let afterwards: number | null = 0
  for (const { partition, from, to } of partitions) {
    const { logEndOffset = null, lag = null } = ends.get(partition) ?? {}
    if (from !== null) now = lag === null || now === null ? null : now + lag
    afterwards =
      logEndOffset === null || afterwards === null
        ? null
        : afterwards + Math.max(0, Number(BigInt(logEndOffset) - BigInt(to)))
  }
  return { now, afterwards }
}

/** The commits that undo a reset. A partition that had none keeps its new one: Kafka takes no empty commit. */
export function undoOf(before: readonly { partition: number; offset: string | null }[]): {
  readonly offsets: { partition: number; offset: string }[]
  readonly leftOut: number
} {
  const offsets = before.flatMap(({ partition, offset }) => (offset === null ? [] : [{ partition, offset }]))
  return { offsets, leftOut: before.length - offsets.length }
}
