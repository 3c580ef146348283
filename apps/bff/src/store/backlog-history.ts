import type { Point, Trend } from '@weir/contract'

/** One point per so long: sixty of them are the last 15 minutes. */
const BUCKET_MS = 15_000
const BUCKETS = 60
/** Rows beyond this many keep no history: the bound on memory (about 1 KB a row). */
const MAX_ROWS = 20_000
/** A trend is what happened over about a minute. */
const TREND_MS = 60_000
const LEAST_TREND_MS = 20_000

/** Less change than this in a minute is called steady. */
const STEADY_SHARE = 0.02
const STEADY_COUNT = 5

interface Row {
  /** Bucket number (epoch ms / 15 s) of the newest point. */
  newest: number
  /** The newest value's own time; epoch ms. */
  at: number
  readonly values: Float64Array
}

export interface Outlook {
  readonly trend: Trend
  /** Until empty at the last minute's pace; null while it isn't draining. */
  readonly drainMs: number | null
  /** What the backlog grew (or, below 0, shrank) by. */
  readonly perSecond: number | null
}

const unknownOutlook: Outlook = { trend: 'unknown', drainMs: null, perSecond: null }

/** The backlog of each row (queue, group, instance) over the last 15 minutes, coarse: sparkline, trend, time to drain. */
export class BacklogHistory {
  readonly #rows = new Map<string, Row>()

  record(key: string, backlog: number | null, at: number): void {
    if (backlog === null) return
    const bucket = Math.floor(at / BUCKET_MS)
    const row = this.#rows.get(key)
    if (!row) {
      if (this.#rows.size >= MAX_ROWS) return
      const values = new Float64Array(BUCKETS).fill(Number.NaN)
      values[bucket % BUCKETS] = backlog
      this.#rows.set(key, { newest: bucket, at, values })
      return
    }
    if (bucket < row.newest) return
    for (let skipped = Math.max(row.newest + 1, bucket - BUCKETS + 1); skipped < bucket; skipped++) {
      row.values[skipped % BUCKETS] = Number.NaN
    }
    row.values[bucket % BUCKETS] = backlog
    row.newest = bucket
    row.at = at
  }

  /** Oldest first; a bucket in which nothing was read is a gap. */
  points(key: string): Point[] {
    const row = this.#rows.get(key)
    if (!row) return []
    const points: Point[] = []
    for (let bucket = row.newest - BUCKETS + 1; bucket <= row.newest; bucket++) {
      const value = row.values[bucket % BUCKETS] ?? Number.NaN
      if (Number.isNaN(value) && points.length === 0) continue
      points.push([timeOf(row, bucket), Number.isNaN(value) ? null : value])
    }
    return points
  }

  /** Where the backlog has been heading over the last minute, and until when it is empty at that pace. */
  outlook(key: string): Outlook {
    const row = this.#rows.get(key)
    const last = row?.values[row.newest % BUCKETS]
    const first = row && oldestOfTheMinute(row)
    if (!row || last === undefined || !first || row.at - first.at < LEAST_TREND_MS) return unknownOutlook
    const change = last - first.value
    const perSecond = (change * 1000) / (row.at - first.at)
    if (Math.abs(change) <= Math.max(STEADY_COUNT, STEADY_SHARE * Math.max(first.value, last))) {
      return { trend: 'steady', drainMs: null, perSecond }
    }
    if (change > 0) return { trend: 'growing', drainMs: null, perSecond }
    return { trend: 'draining', drainMs: Math.round((last / -perSecond) * 1000), perSecond }
  }

  /** Forgets every key under `prefix` that isn't in `keep`. */
  prune(prefix: string, keep: Pick<ReadonlySet<string>, 'has'>): void {
    for (const key of this.#rows.keys()) {
      if (key.startsWith(prefix) && !keep.has(key)) this.#rows.delete(key)
    }
  }
}

/** When a bucket's value was true: the newest is dated exactly, the older ones by their end. */
function timeOf(row: Row, bucket: number): number {
  return bucket === row.newest ? row.at : (bucket + 1) * BUCKET_MS - 1
}

/** The oldest value of the last minute, if one before the newest is there. */
function oldestOfTheMinute(row: Row): { at: number; value: number } | null {
  for (let bucket = row.newest - TREND_MS / BUCKET_MS; bucket < row.newest; bucket++) {
    const value = row.values[bucket % BUCKETS]
    if (value !== undefined && !Number.isNaN(value)) return { at: timeOf(row, bucket), value }
  }
  return null
}
