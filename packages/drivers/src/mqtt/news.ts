import type { Demand } from '../driver.ts'
import { onceAborted } from './aborted.ts'

/** Something to tell, to whoever follows; many tellings before somebody looks are one. */
export class News {
  readonly #wakers = new Set<() => void>()

  tell(): void {
    for (const wake of [...this.#wakers]) wake()
  }

  onTold(wake: () => void): () => void {
    this.#wakers.add(wake)
    return () => this.#wakers.delete(wake)
  }

  /** Waits for the piece of news that makes it so, or for `signal` to abort. */
  async until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
    const abort = onceAborted(signal)
    while (!isSo() && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const stop = this.onTold(resolve)
      await Promise.race([promise, abort.promise])
      stop()
    }
    abort.stop()
  }
}

/** How often it is looked whether a reading that is due may be given. */
const LOOK_AGAIN_MS = 100

/** Paces the readings of one watch: one at each piece of news, though not too close, and one at least per cadence. */
export interface Pace {
  /** Ends when the next reading is due, or when `signal` aborts. Without news it also waits until `isWorth()`. */
  next(isWorth: () => boolean): Promise<void>
  stop(): void
}

/**
 * `leastMs` is the time between two readings that news can bring. The cadence counts from the last reading, and is
 * asked for anew whenever the demand changes.
 */
export function paceOf(news: News, demand: Demand, leastMs: number, signal: AbortSignal): Pace {
  let told = false
  let wake: () => void = () => {}
  const stopNews = news.onTold(() => {
    told = true
    wake()
  })
  const stopDemand = demand.onChange(() => wake())
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)
  let last = performance.now()

  const dueIn = () =>
    (told ? leastMs : Math.max(demand.current().cadenceMs, leastMs)) - (performance.now() - last)

  return {
    async next(isWorth) {
      while (!signal.aborted) {
        const waitMs = dueIn()
        if (waitMs <= 0 && (told || isWorth())) break
        await sleep(Math.max(waitMs, LOOK_AGAIN_MS))
      }
      told = false
      last = performance.now()
    },
    stop() {
      stopNews()
      stopDemand()
      signal.removeEventListener('abort', onAbort)
    },
  }

  function sleep(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      // Past 2^31 ms a timer would fire at once.
      const timer = setTimeout(done, Math.min(waitMs, 2 ** 31 - 1))
      wake = done
      function done() {
        clearTimeout(timer)
        wake = () => {}
        resolve()
      }
    })
  }
}
