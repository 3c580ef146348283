import type { Clock, TimerId } from './clock.ts'
import type { Observable } from './observable.ts'

/** A value that is computed anew every `everyMs` while somebody watches, and whenever one of `sources` changes. */
export function createSampled<T>(
  sample: () => T,
  everyMs: number,
  clock: Clock,
  sources: readonly Observable<unknown>[] = [],
): Observable<T> {
  const listeners = new Set<() => void>()
  let value: { readonly of: T; readonly at: number } | null = null
  let timer: TimerId | null = null
  let stops: (() => void)[] = []

  function resample(): T {
    const of = sample()
    value = { of, at: clock.now() }
    return of
  }

  function tell(): void {
    resample()
    for (const listener of [...listeners]) listener()
  }

  function tick(): void {
    timer = clock.setTimeout(tick, everyMs)
    tell()
  }

  function start(): void {
    timer = clock.setTimeout(tick, everyMs)
    stops = sources.map((source) => source.subscribe(tell))
  }

  function stop(): void {
    if (timer !== null) clock.clearTimeout(timer)
    timer = null
    for (const stopOne of stops) stopOne()
    stops = []
  }

  return {
    get() {
      const isOld = value === null || (listeners.size === 0 && Math.abs(clock.now() - value.at) >= everyMs)
      return value === null || isOld ? resample() : value.of
    },
    subscribe(listener) {
      const entry = () => listener()
      listeners.add(entry)
      if (listeners.size === 1) start()
      return () => {
        if (listeners.delete(entry) && listeners.size === 0) stop()
      }
    },
  }
}
