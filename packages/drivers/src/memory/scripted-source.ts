import type { Completeness, Demand, Reading, Wanted } from '../driver.ts'
import { pollEvery } from '../poll-every.ts'

export interface Answer {
  readonly data: unknown
  /** Absent: the moment of each read. */
  readonly observedAt: number | undefined
  readonly completeness: Completeness
}

/** What a source does when it is read: answers, throws, or (null) hangs. */
export type Behaviour = Answer | Error | null

class Hanging extends Error {}

/** One source of the memory driver: how it behaves, and who has asked. */
export class ScriptedSource {
  reads = 0
  watches = 0
  wanted: Wanted | null = null
  #behaviour: Behaviour = null
  #version = 0
  #listeners = new Set<() => void>()

  become(behaviour: Behaviour): void {
    this.#behaviour = behaviour
    this.#version += 1
    for (const listener of [...this.#listeners]) listener()
  }

  /** As `become`, but nobody is told: the next reading finds it. */
  willBe(behaviour: Answer): void {
    this.#behaviour = behaviour
  }

  async *watch(demand: Demand, signal: AbortSignal): AsyncGenerator<Reading<unknown>> {
    this.watches += 1
    try {
      while (!signal.aborted) yield* this.#untilHanging(demand, signal)
    } finally {
      this.watches -= 1
    }
  }

  async *#untilHanging(demand: Demand, signal: AbortSignal): AsyncGenerator<Reading<unknown>> {
    let seen = this.#version
    const hurried: Demand = {
      // A change of the script asks for a reading at once, as a raised demand does.
      current: () => (seen === this.#version ? demand.current() : { ...demand.current(), cadenceMs: 0 }),
      onChange: (listener) => this.#onChange(demand, listener),
    }
    const read = async () => {
      seen = this.#version
      return this.#read(demand.current())
    }
    try {
      yield* pollEvery(hurried, signal, read)
    } catch (error) {
      if (!(error instanceof Hanging)) throw error
      // Waited for outside of `pollEvery`, which would take the wait for a slow broker's and slow down.
      await this.#changeSince(seen, signal)
    }
  }

  #read(wanted: Wanted): Reading<unknown> {
    this.reads += 1
    this.wanted = wanted
    if (this.#behaviour === null) throw new Hanging()
    if (this.#behaviour instanceof Error) throw this.#behaviour
    const { data, observedAt = Date.now(), completeness } = this.#behaviour
    return { data, observedAt, completeness, cost: { requests: 1, durationMs: 0 } }
  }

  #onChange(demand: Demand, listener: () => void): () => void {
    const entry = () => listener()
    this.#listeners.add(entry)
    const stop = demand.onChange(listener)
    return () => {
      this.#listeners.delete(entry)
      stop()
    }
  }

  #changeSince(version: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#listeners.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      if (signal.aborted || version !== this.#version) return resolve()
      this.#listeners.add(done)
      signal.addEventListener('abort', done)
    })
  }
}
