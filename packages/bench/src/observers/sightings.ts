import { setTimeout as delay } from 'node:timers/promises'

interface Waiter {
  readonly key: string
  readonly isIt: (value: number) => boolean
  readonly resolve: (at: number) => void
}

/** What one observer saw, as it saw it: values by key, each with its time (epoch ms). */
export class Sightings {
  readonly #waiting = new Set<Waiter>()
  readonly #last = new Map<string, number>()

  see(key: string, value: number, at: number): void {
    this.#last.set(key, value)
    for (const waiter of [...this.#waiting]) {
      if (waiter.key !== key || !waiter.isIt(value)) continue
      this.#waiting.delete(waiter)
      waiter.resolve(at)
    }
  }

  last(key: string): number | undefined {
    return this.#last.get(key)
  }

  /** When `isIt` is first seen to hold, from now on; null where `signal` aborts before. */
  next(key: string, isIt: (value: number) => boolean, signal: AbortSignal): Promise<number | null> {
    return new Promise((resolve) => {
      const waiter: Waiter = { key, isIt, resolve }
      this.#waiting.add(waiter)
      signal.addEventListener('abort', () => {
        this.#waiting.delete(waiter)
        resolve(null)
      })
    })
  }

  /** Waits until `isIt` holds of the last or a later value. Throws where it doesn't within `withinMs`. */
  async until(what: string, key: string, isIt: (value: number) => boolean, withinMs: number): Promise<void> {
    const last = this.#last.get(key)
    if (last !== undefined && isIt(last)) return
    const late = AbortSignal.timeout(withinMs)
    if ((await this.next(key, isIt, late)) !== null) return
    throw new Error(`${what}: not seen within ${withinMs} ms; last: ${this.#last.get(key) ?? 'nothing'}`)
  }
}

/** Asks again and again, from the end of one look to the start of the next, until `stopped` aborts. */
export async function lookAgain(
  everyMs: number,
  stopped: AbortSignal,
  look: () => Promise<void>,
): Promise<void> {
  while (!stopped.aborted) {
    const startedAt = performance.now()
    await look()
    const restMs = Math.max(0, startedAt + everyMs - performance.now())
    await delay(restMs, undefined, { signal: stopped }).catch(() => {}) // stopped: the loop ends
  }
}
