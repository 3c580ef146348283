/** What many measurements of one thing amount to. */
export interface Summary {
  readonly count: number
  readonly median: number
  readonly p90: number
  readonly max: number
}

/** Null without a single measurement: nothing is known then, not zero. */
export function summarise(samples: readonly number[]): Summary | null {
  if (samples.length === 0) return null
  const sorted = [...samples].sort((a, b) => a - b)
  return {
    count: sorted.length,
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    max: quantile(sorted, 1),
  }
}

/** By linear interpolation between the two nearest ranks. `sorted` is ascending and not empty; `q` is 0–1. */
export function quantile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]
  if (low === undefined) throw new Error('a quantile of nothing')
  const high = sorted[below + 1] ?? low
  return low + (high - low) * (at - below)
}
