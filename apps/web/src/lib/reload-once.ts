import { type SafeStorage, sessionStore } from './safe-storage.ts'

const KEY = 'weir.reloaded.'
/** A second reload within this time would be the beginning of a loop. */
const ONCE_IN_MS = 5 * 60_000

/**
 * Reloads the page because the server has become another one: a new protocol version, or a part of the page that is
 * no longer there. Answers false, and leaves the page alone, where that was just tried or can't be remembered.
 */
export function reloadOnce(
  reason: 'protocol' | 'chunk',
  storage: SafeStorage = sessionStore,
  now: number = Date.now(),
  reload: () => void = () => location.reload(),
): boolean {
  const last = Number(storage.get(KEY + reason) ?? Number.NEGATIVE_INFINITY)
  if (Math.abs(now - last) < ONCE_IN_MS) return false
  if (!storage.set(KEY + reason, String(now))) return false
  reload()
  return true
}
