import type { Completeness, Reading } from '../driver.ts'

/** One reading under way: when to give up, and what it has cost so far. */
export interface Asking {
  readonly signal: AbortSignal
  requests: number
}

export interface Told<D> {
  readonly data: D
  readonly completeness: Completeness
}

/** Runs `ask` and says when its answer had come and what it cost. */
export async function takeReading<D>(
  signal: AbortSignal,
  ask: (asking: Asking) => Promise<Told<D>>,
): Promise<Reading<D>> {
  const startedAt = performance.now()
  const asking: Asking = { signal, requests: 0 }
  const { data, completeness } = await ask(asking)
  return {
    data,
    completeness,
    observedAt: Date.now(),
    cost: { requests: asking.requests, durationMs: performance.now() - startedAt },
  }
}

/** Complete without notes; otherwise incomplete, for all of the reasons. */
export function completenessOf(notes: readonly (string | null)[]): Completeness {
  const reasons = notes.filter((note) => note !== null)
  return reasons.length === 0 ? { complete: true } : { complete: false, note: reasons.join('; ') }
}

/** The promise, or the signal's reason as soon as it aborts; for what can't be called back. */
export function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
