import { setTimeout as delay } from 'node:timers/promises'

type Absent = null | undefined | false

/**
 * Looks again and again until there is something to see, and answers it.
 * Throws when nothing was seen `withinMs`, or what `look` throws at the end of that time: an earlier throw only means
 * "not yet".
 */
export async function waitFor<T>(
  what: string,
  look: () => T | Absent | Promise<T | Absent>,
  options: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const { withinMs = 10_000, everyMs = 20 } = options
  const deadline = performance.now() + withinMs
  for (;;) {
    const late = performance.now() >= deadline
    try {
      const seen = await look()
      if (seen !== null && seen !== undefined && seen !== false) return seen
    } catch (error) {
      if (late) throw error
    }
    if (late) throw new Error(`waited ${withinMs} ms for ${what}`)
    await delay(everyMs)
  }
}

/** The promise, or an error naming what didn't happen in time. */
export async function within<T>(withinMs: number, what: string, promise: Promise<T>): Promise<T> {
  const done = new AbortController()
  const late = delay(withinMs, undefined, { signal: done.signal }).then(
    () => {
      throw new Error(`${what} did not happen within ${withinMs} ms`)
    },
    () => new Promise<never>(() => {}), // `promise` has won
  )
  try {
    return await Promise.race([promise, late])
  } finally {
    done.abort()
  }
}
