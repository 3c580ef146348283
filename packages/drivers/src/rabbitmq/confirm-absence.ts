/** Rows of a list, and those among them that the last list lacked. */
export interface Confirmed<R> {
  readonly rows: ReadonlyMap<string, R>
  readonly missing: ReadonlySet<string>
}

/** Before the first list. */
export function nothingYet<R>(): Confirmed<R> {
  return { rows: new Map(), missing: new Set() }
}

/**
 * The rows of a list, and those that only this one list lacks: a busy broker leaves out queues that are there, so a
 * row goes when two lists in a row lack it. `concerns` says whether the new list would hold a row at all: a list of
 * fewer vhosts says nothing about the others.
 */
export function confirmAbsence<R>(
  before: Confirmed<R>,
  listed: ReadonlyMap<string, R>,
  concerns: (row: R) => boolean = () => true,
): Confirmed<R> {
  const missing = new Set<string>()
  for (const [key, row] of before.rows) {
    if (!listed.has(key) && !before.missing.has(key) && concerns(row)) missing.add(key)
  }
  if (missing.size === 0) return { rows: listed, missing }
  const rows = new Map(listed)
  for (const key of missing) {
    const row = before.rows.get(key)
    if (row !== undefined) rows.set(key, row)
  }
  return { rows, missing }
}

/** For `completeness`; null where every row is of this list. */
export function missingNote({ missing }: Confirmed<unknown>): string | null {
  if (missing.size === 0) return null
  return `the broker's list lacks ${missing.size} that it had before; their last values are shown`
}
