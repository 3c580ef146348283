export interface HeldOrder<Row> {
  /** The rows to draw: fresh values, in the order that is held. */
  readonly rows: readonly Row[]
  /** Rows that weren't there when the order was taken hold of; they wait. In fresh order. */
  readonly added: readonly Row[]
  /** Keys that were held and are gone. */
  readonly removed: readonly string[]
  /** How many of `rows` letting go would move: the fewest that have to be taken out and put elsewhere. */
  readonly moves: number
}

/** Keeps rows where they stand while somebody points at them. `sorted` is the fresh order; keys are unique in both. */
export function holdOrder<Row>(
  heldKeys: readonly string[],
  sorted: readonly Row[],
  keyOf: (row: Row) => string,
): HeldOrder<Row> {
  const fresh = new Map(sorted.map((row, place) => [keyOf(row), { row, place }]))
  const kept = heldKeys.flatMap((key) => fresh.get(key) ?? [])
  const held = new Set(heldKeys)
  return {
    rows: kept.map(({ row }) => row),
    added: sorted.filter((row) => !held.has(keyOf(row))),
    removed: heldKeys.filter((key) => !fresh.has(key)),
    moves: kept.length - longestRising(kept.map(({ place }) => place)),
  }
}

/** Length of the longest rising subsequence: the rows that can stay where they are. */
function longestRising(places: readonly number[]): number {
  /** At index i: the lowest last place of any rising run of length i + 1. */
  const ends: number[] = []
  for (const place of places) {
    const index = firstNotBelow(ends, place)
    ends[index] = place
  }
  return ends.length
}

function firstNotBelow(ends: readonly number[], place: number): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}
