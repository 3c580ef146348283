/** One value that can be watched. `get` answers the same reference until `set` brings another. */
export interface Observable<T> {
  get(): T
  /** Calls back after each change; answers how to stop. */
  subscribe(listener: () => void): () => void
}

export interface MutableObservable<T> extends Observable<T> {
  set(value: T): void
}

export function createObservable<T>(initial: T): MutableObservable<T> {
  const listeners = new Set<() => void>()
  let value = initial
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
