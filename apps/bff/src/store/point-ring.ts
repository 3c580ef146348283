import type { Point } from '@weir/contract'

/** 15 minutes at one a second. */
const CAPACITY = 900
const KEEP_MS = 15 * 60_000

/** The last 15 minutes of one field, at the pace it was read. A null is a gap and stays one. */
export class PointRing {
  readonly #points: Point[] = []

  add(at: number, value: number | null): void {
    const last = this.#points.at(-1)
    if (last && at <= last[0]) return
    this.#points.push([at, value])
    while (this.#points.length > CAPACITY || (this.#points[0]?.[0] ?? at) < at - KEEP_MS) this.#points.shift()
  }

  points(): readonly Point[] {
    return this.#points
  }
}
