import type { Point } from '@weir/contract'

/** One line of a chart. A thing keeps its colour on every screen: `color` is a token's name. */
export interface ChartSeries {
  /** The view's field, or the row's key. */
  readonly id: string
  readonly name: string
  readonly color: '--s-backlog' | '--s-in' | '--s-out' | '--s-ack' | '--s-5' | '--s-6'
  readonly points: readonly Point[]
  readonly form: 'area' | 'line'
  /** Drawn under the axis: what goes out, below what comes in. */
  readonly isBelow?: boolean
}

/** One moment: `at`, and what each series held then; null where nothing was read. */
export interface ChartRow {
  readonly at: number
  readonly values: Readonly<Record<string, number | null>>
}

export const CHART_WINDOW_MS = 15 * 60_000
const MAX_ROWS = 300
const STEP_MS = CHART_WINDOW_MS / MAX_ROWS
export const MAX_SERIES = 6

/**
 * At most 300 moments of the last 15 minutes, oldest first; of those that fall into one step, the newest value of
 * each series. A step without a point is left out and so drawn over; a point without a value breaks the line.
 */
export function chartRows(series: readonly ChartSeries[], until: number): readonly ChartRow[] {
  const from = until - CHART_WINDOW_MS
  const steps = new Map<number, { at: number; values: Record<string, number | null> }>()
  for (const { id, points, isBelow } of series.slice(0, MAX_SERIES)) {
    for (const [at, value] of points) {
      if (at < from || at > until) continue
      const step = Math.floor(at / STEP_MS)
      const row = steps.get(step) ?? { at, values: {} }
      row.at = Math.max(row.at, at)
      row.values[id] = value === null || !isBelow ? value : -value
      steps.set(step, row)
    }
  }
  return [...steps.values()].sort((a, b) => a.at - b.at)
}

export interface SeriesFigures {
  readonly now: number | null
  readonly min: number | null
  readonly max: number | null
}

/** What a line amounts to, for the sentence that says it. */
export function figuresOf({ points }: ChartSeries, until: number): SeriesFigures {
  const inWindow = points.filter(([at]) => at >= until - CHART_WINDOW_MS && at <= until)
  const values = inWindow.flatMap(([, value]) => (value === null ? [] : [value]))
  if (values.length === 0) return { now: null, min: null, max: null }
  return { now: inWindow.at(-1)?.[1] ?? null, min: Math.min(...values), max: Math.max(...values) }
}

/** Fewer rows for people to read: the last of each half minute, newest first. */
export function tableRows(rows: readonly ChartRow[], everyMs = 30_000): readonly ChartRow[] {
  const kept = new Map<number, ChartRow>()
  for (const row of rows) kept.set(Math.floor(row.at / everyMs), row)
  return [...kept.values()].reverse()
}
