import type { Demand, Reading, Wanted } from '../driver.ts'
import { pollEvery } from '../poll-every.ts'

/** The last reading of a slow source, shared by its watches: one that starts anew doesn't ask the broker again. */
export interface LastReading<D> {
  reading: Reading<D>
  /** What was asked, as a text. */
  of: string
  startedAt: number
}

/** Timers may fire a little early. */
const EARLY_MS = 20

/**
 * Polls as `pollEvery` does, yet asks the broker at most once per `leastMs`, whatever the demand: a watch that comes
 * or wakes in between is told the last reading again.
 */
export function pollAtMostEvery<D>(
  leastMs: number,
  memory: { last: LastReading<D> | null },
  demand: Demand,
  signal: AbortSignal,
  what: (wanted: Wanted) => string,
  read: (wanted: Wanted, signal: AbortSignal) => Promise<Reading<D>>,
): AsyncIterable<Reading<D>> {
  const slowed: Demand = {
    current() {
      const wanted = demand.current()
      return { ...wanted, cadenceMs: Math.max(leastMs, wanted.cadenceMs), keys: [] }
    },
    onChange: (listener) => demand.onChange(listener),
  }
  return pollEvery(slowed, signal, async (wanted, signal) => {
    const { last } = memory
    const startedAt = performance.now()
    const of = what(wanted)
    if (last !== null && last.of === of && startedAt - last.startedAt < leastMs - EARLY_MS) {
      return { ...last.reading, cost: { requests: 0, durationMs: 0 } }
    }
    memory.last = null // a reading that fails isn't told again
    const reading = await read(wanted, signal)
    memory.last = { reading, of, startedAt }
    return reading
  })
}
