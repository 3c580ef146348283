import type { Cell, Table } from '../report/table.ts'
import { summarise } from '../statistics.ts'
import type { Latencies } from './measure-change.ts'

/** All rounds of one kind of change. */
export interface ChangeSeries {
  /** `classic queue, +500`. */
  readonly change: string
  readonly rounds: readonly Latencies[]
}

export function freshnessTable(series: readonly ChangeSeries[], notes: readonly string[]): Table {
  return {
    title: 'From the broker’s own word to where it is seen',
    columns: ['change', 'seen by', 'rounds', 'median ms', 'p90 ms', 'max ms'],
    rows: series.flatMap(({ change, rounds }) => lookoutsOf(rounds).map((name) => row(change, name, rounds))),
    notes,
  }
}

function lookoutsOf(rounds: readonly Latencies[]): string[] {
  return [...new Set(rounds.flatMap((round) => Object.keys(round)))]
}

function row(change: string, lookout: string, rounds: readonly Latencies[]): Cell[] {
  const seen = rounds.flatMap((round) => round[lookout] ?? [])
  const summary = summarise(seen)
  const count = seen.length === rounds.length ? `${seen.length}` : `${seen.length} of ${rounds.length}`
  return [change, lookout, count, summary?.median ?? null, summary?.p90 ?? null, summary?.max ?? null]
}
