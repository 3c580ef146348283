import type { Machine } from './machine.ts'
import type { Table } from './table.ts'

/** One run of one bench, as it is kept in `benchmarks/<name>.json`. */
export interface BenchResult {
  readonly name: string
  readonly title: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly tookMs: number
  readonly machine: Machine
  /** By product. */
  readonly versions: Readonly<Record<string, string>>
  /** With which it is run again. */
  readonly command: string
  /** How it was measured, a sentence or two each. */
  readonly method: readonly string[]
  readonly tables: readonly Table[]
  /** Every single measurement, for whoever wants to reckon differently. */
  readonly samples: unknown
}
