import type { AttentionRow, SummaryRow } from '@weir/contract'
import type { SeriesByKey } from '../../live/series.ts'

export interface SummaryTableProps {
  /** What its rows are called: instances of a tenant, clusters of the fleet. */
  nameLabel: string
  rows: readonly SummaryRow[]
  /** What is wrong, worst first: it is the state of the instance that it is about. */
  attention: readonly AttentionRow[]
  series: SeriesByKey
  observedAt: number
  /** Age, cadence and faults of each instance's readings, for a hover; by instance id. */
  sourceHints: ReadonlyMap<string, string>
}
