import { type Series, type View, views } from '@weir/contract'
import { PointRing } from '../store/point-ring.ts'
import type { Row } from '../views/view-definition.ts'

export type State =
  | { readonly shape: 'table'; readonly rows: ReadonlyMap<string, Row> }
  | { readonly shape: 'record'; readonly record: Readonly<Record<string, unknown>> }

/**
 * The last 15 minutes of a view's fields at full pace: of records and of summaries. Long tables keep none here: their
 * rows' backlog has a coarser history of its own.
 */
export class KeptPoints {
  readonly #view: View
  readonly #rings = new Map<string, PointRing>()

  constructor(view: View, past: readonly Series[]) {
    this.#view = view
    for (const { field, points } of past) for (const [at, value] of points) this.#ring(field).add(at, value)
  }

  keep(state: State, at: number): void {
    const { series, of } = views[this.#view.type]
    if (state.shape === 'record') {
      for (const field of series) this.#ring(field).add(at, numberOrNull(state.record[field]))
    } else if (of === 'summary') {
      for (const [key, row] of state.rows) {
        for (const field of series) this.#ring(field, key).add(at, numberOrNull(row[field]))
      }
    }
  }

  /** Nothing is read from here on: what comes next is not joined to what was. */
  gap(at: number): void {
    for (const ring of this.#rings.values()) ring.add(at, null)
  }

  series(): Series[] {
    return [...this.#rings].map(([name, ring]) => ({ ...JSON.parse(name), points: [...ring.points()] }))
  }

  #ring(field: string, key?: string): PointRing {
    const name = JSON.stringify(key === undefined ? { field } : { field, key })
    const ring = this.#rings.get(name) ?? new PointRing()
    this.#rings.set(name, ring)
    return ring
  }
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
