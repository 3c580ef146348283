import { setTimeout as delay } from 'node:timers/promises'
import type { Demand, Reading, Wanted } from './driver.ts'

/** A reading may take at most this share of the time; a slower one stretches its own cadence. */
const MAX_SHARE = 0.1

/**
 * Reads again and again at the wanted cadence, one read at a time. A read that takes long stretches the cadence, so
 * that the broker is busy with us at most a tenth of the time; a change of demand reads again at once where it asks
 * for more. The time between reads counts from start to start. `busyMs` says how long of a read the broker was busy,
 * where that isn't all of it.
 */
export async function* pollEvery<D>(
  demand: Demand,
  signal: AbortSignal,
  read: (wanted: Wanted, signal: AbortSignal) => Promise<Reading<D>>,
  busyMs: (reading: Reading<D>, tookMs: number) => number = (_reading, tookMs) => tookMs,
): AsyncGenerator<Reading<D>> {
  while (!signal.aborted) {
    const wanted = demand.current()
    const startedAt = performance.now()
    let reading: Reading<D>
    try {
      reading = await read(wanted, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
    const tookMs = performance.now() - startedAt
    yield reading
    await untilNext(demand, wanted, startedAt, busyMs(reading, tookMs) / MAX_SHARE, signal)
  }
}

/** Waits for the cadence, or for a demand that asks for more than `served` did. */
async function untilNext(
  demand: Demand,
  served: Wanted,
  startedAt: number,
  leastMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const now = demand.current()
    if ((now.revision ?? 0) > (served.revision ?? 0)) return
    const more = asksMore(served, now)
    const dueAt = startedAt + Math.max(more ? 0 : now.cadenceMs, leastMs)
    const waitMs = dueAt - performance.now()
    if (waitMs <= 0) return
    await sleepOrChange(waitMs, demand, signal)
  }
}

function asksMore(served: Wanted, now: Wanted): boolean {
  if (now.cadenceMs < served.cadenceMs) return true
  const had = new Set(served.keys)
  if (now.keys.some((key) => !had.has(key))) return true
  if (served.scopes === null) return false
  const hadScopes = new Set(served.scopes)
  return now.scopes === null || now.scopes.some((scope) => !hadScopes.has(scope))
}

async function sleepOrChange(waitMs: number, demand: Demand, signal: AbortSignal): Promise<void> {
  const woken = new AbortController()
  const stop = demand.onChange(() => woken.abort())
  try {
    await delay(waitMs, undefined, { signal: AbortSignal.any([signal, woken.signal]) })
  } catch {
    // Woken early: the loop looks at the demand again.
  } finally {
    stop()
  }
}
