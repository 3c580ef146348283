import { createContext } from 'react'
import type { SeriesByKey } from '../live/series.ts'

/**
 * The points of a table's rows. A context, so that a new point draws the sparklines anew and leaves the columns, and
 * with them every other cell, alone.
 */
export interface RowSeries {
  readonly series: SeriesByKey
  /** The right edge. */
  readonly observedAt: number
  readonly isStale: boolean
}

export const RowSeriesContext = createContext<RowSeries>({ series: new Map(), observedAt: 0, isStale: false })
