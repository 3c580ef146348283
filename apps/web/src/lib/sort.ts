/** What rows are sorted by. Null is unknown and stands last, whichever way the order goes. */
export type SortValue = string | number | boolean | null

export interface SortBy<Row> {
  readonly value: (row: Row) => SortValue
  readonly descending: boolean
}

/**
 * Rows by the first of `by`, those that are equal in it by the next, and so on; rows that are equal in all keep their
 * order. Text is sorted as people do: `orders.2` before `orders.10`, case aside.
 */
export function sortRows<Row>(rows: Iterable<Row>, by: readonly SortBy<Row>[]): Row[] {
  const all = [...rows]
  const columns = by.map(({ value, descending }) => ({ ranks: ranksOf(all.map(value)), descending }))
  const order = all.map((_, index) => index)
  order.sort((a, b) => {
    for (const { ranks, descending } of columns) {
      const difference = compareRanks(ranks[a] ?? Number.NaN, ranks[b] ?? Number.NaN, descending)
      if (difference !== 0) return difference
    }
    return a - b
  })
  return order.map((index) => all[index]).filter((row) => row !== undefined)
}

function compareRanks(a: number, b: number, descending: boolean): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return descending ? b - a : a - b
}

/** A number for each value, ordered alike; NaN for null. Comparing text is dear, so each text is ranked once. */
function ranksOf(values: readonly SortValue[]): Float64Array {
  const texts = values.filter((value) => typeof value === 'string')
  const rankOfText = texts.length > 0 ? textRanks(texts) : new Map<string, number>()
  return Float64Array.from(values, (value) => {
    if (value === null) return Number.NaN
    return typeof value === 'string' ? (rankOfText.get(value) ?? Number.NaN) : Number(value)
  })
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function textRanks(texts: readonly string[]): Map<string, number> {
  const distinct = [...new Set(texts)].sort(collator.compare)
  const ranks = new Map<string, number>()
  let rank = 0
  let before: string | null = null
  for (const text of distinct) {
    if (before !== null && collator.compare(before, text) !== 0) rank += 1
    ranks.set(text, rank)
    before = text
  }
  return ranks
}
