import type { Point } from '@weir/contract'

export const SPARKLINE_WINDOW_MS = 15 * 60_000
const BUCKETS = 40

interface Frame {
  width: number
  height: number
  staleSince: number | null
}

interface SparklineShape {
  /** One closed outline per stretch without a gap, down to zero. */
  areas: string
  /** The upper edges alone. */
  lines: string
  /** Where the hatch begins, in pixels; null: nothing is stale. */
  staleFrom: number | null
}

/**
 * At most 40 steps of the last 15 minutes: the newest value of each step, from zero at the bottom to the window's
 * own maximum. A step that holds a point without a value is a gap, and a gap is not bridged; a step that simply
 * fell between two slow readings is.
 */
export function sparklinePaths(points: readonly Point[], until: number, frame: Frame): SparklineShape {
  const runs = splitAtGaps(bucketed(points, until))
  const max = Math.max(1, ...runs.flat().map((step) => step.value))
  const x = (bucket: number) => round((bucket / (BUCKETS - 1)) * frame.width)
  const y = (value: number) => round(frame.height - 1 - (value / max) * (frame.height - 3))
  const edges = runs.map((run) => edge(run.map((step) => [x(step.bucket), y(step.value)] as const)))
  return {
    areas: runs.map((run, i) => `${edges[i]}V${frame.height}H${x(run[0]?.bucket ?? 0)}Z`).join(''),
    lines: edges.join(''),
    staleFrom: frame.staleSince === null ? null : staleFrom(frame.staleSince, until, frame.width),
  }
}

interface Step {
  bucket: number
  value: number
}

/** What each step last held: a number, null for a gap, nothing where no point fell. */
function bucketed(points: readonly Point[], until: number): (number | null | undefined)[] {
  const steps = new Array<number | null | undefined>(BUCKETS).fill(undefined)
  const start = until - SPARKLINE_WINDOW_MS
  for (const [at, value] of points) {
    if (at < start) continue
    const bucket = Math.min(BUCKETS - 1, Math.floor(((at - start) / SPARKLINE_WINDOW_MS) * BUCKETS))
    // A gap inside a step stays visible only if no number follows it there.
    steps[bucket] = value
  }
  return steps
}

/** Two empty steps in a row are a gap too: at the slowest cadence of 15 s one point falls into nearly every step. */
function splitAtGaps(steps: readonly (number | null | undefined)[]): Step[][] {
  const runs: Step[][] = []
  let run: Step[] = []
  let empty = 0
  const end = () => {
    if (run.length > 0) runs.push(run)
    run = []
  }
  steps.forEach((value, bucket) => {
    if (value === undefined) {
      empty += 1
      if (empty > 1) end()
      return
    }
    empty = 0
    if (value === null) end()
    else run.push({ bucket, value })
  })
  end()
  return runs
}

function edge(corners: readonly (readonly [number, number])[]): string {
  const [first, ...rest] = corners
  if (!first) return ''
  // A single reading is still something seen: a dash of two pixels.
  if (rest.length === 0) return `M${first[0] - 2} ${first[1]}H${first[0]}`
  return `M${first.join(' ')}L${rest.map((corner) => corner.join(' ')).join(' ')}`
}

function staleFrom(since: number, until: number, width: number): number {
  const share = (since - (until - SPARKLINE_WINDOW_MS)) / SPARKLINE_WINDOW_MS
  return round(Math.min(0.97, Math.max(0, share)) * width)
}

function round(n: number): number {
  return Math.round(n * 10) / 10
}
