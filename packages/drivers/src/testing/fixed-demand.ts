import type { Demand, Wanted } from '../driver.ts'

const ONE_A_SECOND: Wanted = { cadenceMs: 1_000, keys: [], scopes: null }

/** A demand that never changes; what isn't said is one reading a second of the whole cluster, no rows in focus. */
export function fixedDemand(wanted: Partial<Wanted> = {}): Demand {
  return createDemand(wanted)
}

/** A demand that a test turns up and down. `set` changes what is said and leaves the rest as it was. */
export function createDemand(initial: Partial<Wanted> = {}): Demand & { set(change: Partial<Wanted>): void } {
  let wanted: Wanted = { ...ONE_A_SECOND, ...initial }
  const listeners = new Set<() => void>()
  return {
    current: () => wanted,
    onChange(listener) {
      // Wrapped, so that the same function may be added twice and removed once.
      const entry = () => listener()
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
    set(change) {
      wanted = { ...wanted, ...change }
      for (const listener of [...listeners]) listener()
    },
  }
}
