import { setTimeout as delay } from 'node:timers/promises'

/**
 * Keeps something connected: runs `session` again each time it ends or throws, after a pause that grows from 1 s to
 * 5 s while it keeps failing. A broker that was killed and comes back is joined again within that time.
 * Says each change of state once. Settles when `signal` aborts; `session` must end then too.
 */
export async function keepConnected(
  name: string,
  signal: AbortSignal,
  session: (connected: () => void) => Promise<void>,
): Promise<void> {
  let pauseMs = 1000
  let told = ''
  const tell = (text: string) => {
    if (text !== told) console.log(`${new Date().toISOString()} ${name}: ${text}`)
    told = text
  }
  while (!signal.aborted) {
    try {
      await session(() => {
        pauseMs = 1000
        tell('connected')
      })
    } catch (error) {
      if (!signal.aborted) tell(`lost (${error instanceof Error ? error.message : error}), trying again`)
    }
    await delay(pauseMs, undefined, { signal }).catch(() => {}) // cut short by the abort
    pauseMs = Math.min(pauseMs * 1.5, 5000)
  }
}

const abortions = new WeakMap<AbortSignal, Promise<void>>()

/** Settles when `signal` aborts. One listener per signal, however often it is asked: sessions come and go for days. */
export function aborted(signal: AbortSignal): Promise<void> {
  const known = abortions.get(signal)
  if (known !== undefined) return known
  const abortion = signal.aborted
    ? Promise.resolve()
    : new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  abortions.set(signal, abortion)
  return abortion
}
