import type { Report } from '@weir/devstack'
import type { BenchResult } from './report/bench-result.ts'

export interface BenchOptions {
  /** How often each thing is measured. */
  readonly rounds: number
  /** A share of the full number of objects, 0–1. */
  readonly size: number
}

/** What a bench is given to work with. */
export interface BenchContext extends BenchOptions {
  /** Empty, and removed afterwards. */
  readonly dir: string
  /** One line of progress. */
  readonly report: Report
  /** What is put here is closed after the run, however it ends, last first. */
  readonly resources: AsyncDisposableStack
  /** Until the bench should have its figures; what doesn't fit in is left out and said. */
  msLeft(): number
}

export type Findings = Pick<BenchResult, 'versions' | 'method' | 'tables' | 'samples'>

export interface Bench {
  readonly name: string
  readonly title: string
  /** Which of the options mean something to it. */
  readonly options: readonly (keyof BenchOptions)[]
  run(context: BenchContext): Promise<Findings>
}

/** With nothing said on the command line. */
export const fullOptions: BenchOptions = { rounds: 20, size: 1 }

/** From the start of its brokers to its last figure. */
export const TIME_LIMIT_MS = 180_000
