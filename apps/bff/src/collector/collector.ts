import type { AnySource, BrokerDriver } from '@weir/drivers'
import type { Logger } from 'pino'
import type { ReadingStore } from '../store/reading-store.ts'
import { type Interest, InterestBook } from './interest.ts'
import type { ReadingMeter } from './reading-meter.ts'
import { SourceLoop } from './source-loop.ts'
import { sourcePlan, sourcesOfKind } from './source-plan.ts'

interface Source {
  readonly book: InterestBook
  readonly loop: SourceLoop
}

/** What a watcher holds on to: change what it wants, or let go. */
export interface Hold {
  change(interest: Partial<Interest>): void
  release(): void
}

/** One loop per (cluster, source), however many watch. */
export class Collector {
  readonly #sources = new Map<string, Source>()
  readonly #drivers: BrokerDriver[] = []
  readonly #store: ReadingStore
  readonly #meter: ReadingMeter
  readonly #log: Logger

  constructor(store: ReadingStore, meter: ReadingMeter, log: Logger) {
    this.#store = store
    this.#meter = meter
    this.#log = log
  }

  /** Begins to read a cluster, at its idle pace until somebody wants more. */
  add(clusterId: string, driver: BrokerDriver): void {
    this.#drivers.push(driver)
    for (const source of sourcesOfKind(driver.kind)) {
      const book = new InterestBook(sourcePlan[source].idleMs)
      const loop = new SourceLoop(
        {
          clusterId,
          source,
          driver,
          store: this.#store,
          meter: this.#meter,
          log: this.#log,
          onLost: () => this.readAgain(clusterId),
        },
        book,
      )
      this.#sources.set(`${clusterId} ${source}`, { book, loop })
      loop.adjust()
    }
  }

  /** Reads everything of a cluster that is read at all again at once: something changed there. */
  readAgain(clusterId: string): void {
    for (const [key, { book }] of this.#sources) if (key.startsWith(`${clusterId} `)) book.readAgain()
  }

  /** Wants a source at its watched pace. A cluster that isn't there (unavailable) is wanted in vain, and quietly. */
  want(
    clusterId: string,
    source: AnySource,
    wish: { keys: readonly string[]; scopes: readonly string[] | null },
  ): Hold {
    const holder = Symbol(source)
    const book = this.#sources.get(`${clusterId} ${source}`)?.book
    let interest: Interest = { cadenceMs: sourcePlan[source].cadenceMs, ...wish }
    book?.set(holder, interest)
    return {
      change: (part) => {
        interest = { ...interest, ...part }
        book?.set(holder, interest)
      },
      release: () => book?.remove(holder),
    }
  }

  async close(): Promise<void> {
    for (const { loop } of this.#sources.values()) loop.close()
    await Promise.allSettled(this.#drivers.map((driver) => driver.close()))
  }
}
