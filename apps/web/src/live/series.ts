import type { Point, Series } from '@weir/contract'

/** Fifteen minutes at 1 Hz. */
export const MAX_POINTS = 900

/** Oldest first; a `null` value is a gap. Never changed in place: a new point makes a new array. */
export type Points = readonly Point[]
/** By field name. */
export type FieldSeries = ReadonlyMap<string, Points>
/** By row key; a record view has the one key `''`. */
export type SeriesByKey = ReadonlyMap<string, FieldSeries>

export const RECORD_KEY = ''
const NO_POINTS: Points = []

/** The points of one field; of one focused row in a table view. Empty where nothing was kept. */
export function pointsOf(series: SeriesByKey, field: string, key: string = RECORD_KEY): Points {
  return series.get(key)?.get(field) ?? NO_POINTS
}

/**
 * One more point. A jump of more than `gapAfterMs` means that readings are missing, so a gap comes between. Points
 * that are not older than `at` give way: two frames of one reading leave one point, and a server clock that was set
 * back doesn't fold the line over itself.
 */
export function appendPoint(points: Points, at: number, value: number | null, gapAfterMs: number): Points {
  const older = olderThan(points, at)
  const last = older.at(-1)
  if (value === null && (last === undefined || last[1] === null)) return older
  const point: Point = [at, value]
  const added = last !== undefined && needsGap(last, point, gapAfterMs) ? [gapBehind(last), point] : [point]
  // One copy: this runs for each focused row of a table, each second.
  const next = older.slice(Math.max(0, older.length + added.length - MAX_POINTS))
  next.push(...added)
  return next
}

function olderThan(points: Points, at: number): Points {
  let length = points.length
  while (length > 0 && (points[length - 1]?.[0] ?? 0) >= at) length -= 1
  return length === points.length ? points : points.slice(0, length)
}

/** A gap between what was read until `at` and what came after. */
export function breakAfter(points: Points, at: number): Points {
  const found = points.findIndex((point) => point[0] > at)
  const index = found === -1 ? points.length : found
  const before = points[index - 1]
  const after = points[index]
  if (before === undefined || before[1] === null || after?.[1] === null) return points
  return points.toSpliced(index, 0, gapBehind(before)).slice(-MAX_POINTS)
}

function gapBehind(point: Point): Point {
  return [point[0] + 1, null]
}

/**
 * What the server kept, together with what the page has: for rows of a table it keeps a point every 15 s, we keep each
 * second that we saw. A gap of ours is closed where the server has a reading in it; two points that are further apart
 * than `gapAfterMs` have a gap between them.
 */
export function mergeHistory(points: Points, history: Points, gapAfterMs: number): Points {
  if (history.length === 0) return points
  const told = new Set(history.map(([at]) => at))
  const ours = points.filter(([at, value], index) => {
    if (told.has(at)) return false
    return value !== null || !isFilled(points, index, history)
  })
  const merged: Point[] = []
  for (const point of [...ours, ...history].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && needsGap(last, point, gapAfterMs)) merged.push(gapBehind(last))
    merged.push(point)
  }
  return merged.slice(-MAX_POINTS)
}

/** Whether the server read something in the gap that `points` has at `index`. */
function isFilled(points: Points, index: number, history: Points): boolean {
  const from = points[index - 1]?.[0] ?? Number.NEGATIVE_INFINITY
  const to = points[index + 1]?.[0] ?? Number.POSITIVE_INFINITY
  return history.some(([at, value]) => value !== null && at > from && at < to)
}

function needsGap(last: Point, next: Point, gapAfterMs: number): boolean {
  return last[1] !== null && next[1] !== null && next[0] - last[0] > gapAfterMs
}

/** The same for every field of every row. */
export function mapSeries(series: SeriesByKey, change: (points: Points) => Points): SeriesByKey {
  return new Map(
    [...series].map(([key, fields]) => [
      key,
      new Map([...fields].map(([field, points]) => [field, change(points)])),
    ]),
  )
}

export function mergeHistories(
  series: SeriesByKey,
  histories: readonly Series[],
  gapAfterMs: number,
): SeriesByKey {
  const next = new Map(series)
  for (const { key = RECORD_KEY, field, points } of histories) {
    const fields = new Map(next.get(key))
    next.set(key, fields.set(field, mergeHistory(fields.get(field) ?? NO_POINTS, points, gapAfterMs)))
  }
  return next
}

/** One more point for each of `fields` of each of `keys`; series of other keys are let go. */
export function appendValues(
  series: SeriesByKey,
  keys: Iterable<string>,
  fields: readonly string[],
  pointOf: (key: string, field: string) => number | null,
  at: number,
  gapAfterMs: number,
): SeriesByKey {
  const next = new Map<string, FieldSeries>()
  for (const key of keys) {
    const had = series.get(key)
    const points = fields.map((field): [string, Points] => [
      field,
      appendPoint(had?.get(field) ?? NO_POINTS, at, pointOf(key, field), gapAfterMs),
    ])
    next.set(key, new Map(points))
  }
  return next
}
