import type { Demand, Wanted } from '@weir/drivers'

/** What one watcher wants of one source. */
export interface Interest {
  readonly cadenceMs: number
  readonly keys: readonly string[]
  /** The vhosts or prefixes it is confined to; null: the whole cluster. */
  readonly scopes: readonly string[] | null
}

/** Everything that is wanted of one source, by everybody: as often as the most demanding wants, for all of them. */
export class InterestBook implements Demand {
  readonly #interests = new Map<symbol, Interest>()
  readonly #listeners = new Set<() => void>()
  readonly #idleMs: number | null
  #revision = 0
  #merged: Wanted

  constructor(idleMs: number | null) {
    this.#idleMs = idleMs
    this.#merged = this.#merge()
  }

  /** False: nobody wants anything, and the source isn't one that is read all the same. */
  get wanted(): boolean {
    return this.#interests.size > 0 || this.#idleMs !== null
  }

  current(): Wanted {
    return this.#merged
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  set(holder: symbol, interest: Interest): void {
    this.#interests.set(holder, interest)
    this.#changed()
  }

  remove(holder: symbol): void {
    if (this.#interests.delete(holder)) this.#changed()
  }

  /** What was read before is no longer good enough. */
  readAgain(): void {
    this.#revision += 1
    this.#changed()
  }

  #changed(): void {
    this.#merged = this.#merge()
    for (const listener of [...this.#listeners]) listener()
  }

  #merge(): Wanted {
    const interests = [...this.#interests.values()]
    if (interests.length === 0) {
      return { cadenceMs: this.#idleMs ?? 60_000, keys: [], scopes: null, revision: this.#revision }
    }
    return {
      cadenceMs: Math.min(...interests.map((interest) => interest.cadenceMs)),
      keys: [...new Set(interests.flatMap((interest) => interest.keys))],
      scopes: interests.some((interest) => interest.scopes === null)
        ? null
        : [...new Set(interests.flatMap((interest) => interest.scopes ?? []))],
      revision: this.#revision,
    }
  }
}
