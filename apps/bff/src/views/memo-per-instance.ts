import type { Part } from './view-definition.ts'

interface Made<T> {
  readonly of: readonly unknown[]
  readonly value: T
}

/**
 * Remembers, for each instance, what was last made of which readings: the table, the overview, the summary and the
 * rules of one instance all start from the same rows, and are asked for within the same few milliseconds.
 */
export function memoPerInstance<T>(): (part: Part, of: readonly unknown[], make: () => T) => T {
  const made = new WeakMap<Part['derived'], Map<string, Made<T>>>()
  return (part, of, make) => {
    const instances = made.get(part.derived) ?? new Map<string, Made<T>>()
    made.set(part.derived, instances)
    const last = instances.get(part.instance.id)
    if (last?.of.every((each, index) => each === of[index])) return last.value
    const value = make()
    instances.set(part.instance.id, { of, value })
    return value
  }
}
