import type { Demand, Reading } from '../driver.ts'
import { Mailbox } from './mailbox.ts'
import type { KafkaReadings } from './readings.ts'

type LagSource = 'kafka.commits' | 'kafka.offsets'
type LagReading<S extends LagSource> = Reading<KafkaReadings[S]>

interface Reader<S extends LagSource> {
  read(): Promise<LagReading<S>>
}

/** Brokers may be busy with us a tenth of the time: a source whose answers take long is read less often. */
const MAX_SHARE = 0.1

interface Watch<S extends LagSource> {
  readonly demand: Demand
  readonly mailbox: Mailbox<LagReading<S>>
  /** When it was last read for, and at which cadence; performance.now(). */
  servedAt: number
}

interface Lane<S extends LagSource> {
  readonly watches: Set<Watch<S>>
  readonly read: () => Promise<LagReading<S>>
  /** Not before this, however much is wanted. */
  notBefore: number
}

type Outcome<S extends LagSource> = { readonly reading: LagReading<S> } | { readonly error: unknown }

/**
 * The one tick that commits and offsets share. Within a tick all commits are in before the first end offset is asked
 * for, and both readings are handed over in the same turn: lag made of the newest two can't be less than it was.
 */
export class LagPoll {
  readonly #commits: Lane<'kafka.commits'>
  readonly #offsets: Lane<'kafka.offsets'>
  #running = false
  #wake: () => void = () => {}

  constructor(commits: Reader<'kafka.commits'>, offsets: Reader<'kafka.offsets'>) {
    this.#commits = { watches: new Set(), read: () => commits.read(), notBefore: 0 }
    this.#offsets = { watches: new Set(), read: () => offsets.read(), notBefore: 0 }
  }

  watchCommits(demand: Demand, signal: AbortSignal): AsyncGenerator<LagReading<'kafka.commits'>> {
    return this.#watch(this.#commits, demand, signal)
  }

  watchOffsets(demand: Demand, signal: AbortSignal): AsyncGenerator<LagReading<'kafka.offsets'>> {
    return this.#watch(this.#offsets, demand, signal)
  }

  async *#watch<S extends LagSource>(
    lane: Lane<S>,
    demand: Demand,
    signal: AbortSignal,
  ): AsyncGenerator<LagReading<S>> {
    if (signal.aborted) return
    const watch: Watch<S> = { demand, mailbox: new Mailbox(), servedAt: Number.NEGATIVE_INFINITY }
    const end = () => watch.mailbox.end()
    const stopListening = demand.onChange(() => this.#wake())
    signal.addEventListener('abort', end)
    lane.watches.add(watch)
    this.#wake()
    void this.#run()
    try {
      yield* watch.mailbox.read()
    } finally {
      lane.watches.delete(watch)
      signal.removeEventListener('abort', end)
      stopListening()
      this.#wake()
    }
  }

  /** Runs while somebody watches. */
  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    // Watches that begin in the same turn share their first tick.
    await new Promise(setImmediate)
    while (this.#commits.watches.size + this.#offsets.watches.size > 0) {
      const waitMs = Math.min(dueAt(this.#commits), dueAt(this.#offsets)) - performance.now()
      if (waitMs > 0) await this.#sleep(waitMs)
      else await this.#tick()
    }
    this.#running = false
  }

  async #tick(): Promise<void> {
    const now = performance.now()
    const withCommits = dueAt(this.#commits) <= now
    // End offsets follow newer commits at once, due or not.
    const withOffsets = dueAt(this.#offsets) <= now || (withCommits && this.#offsets.watches.size > 0)
    let commits = withCommits ? await readOf(this.#commits, now) : null
    if (commits && 'error' in commits) {
      // A failure needs nothing beside it.
      handOver(this.#commits, commits)
      commits = null
    }
    const offsets = withOffsets ? await readOf(this.#offsets, now) : null
    if (commits) handOver(this.#commits, commits)
    if (offsets) handOver(this.#offsets, offsets)
  }

  async #sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(ms, 2 ** 31 - 1))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function dueAt<S extends LagSource>(lane: Lane<S>): number {
  let due = Number.POSITIVE_INFINITY
  for (const { demand, servedAt } of lane.watches) due = Math.min(due, servedAt + demand.current().cadenceMs)
  return Math.max(due, lane.notBefore)
}

async function readOf<S extends LagSource>(lane: Lane<S>, startedAt: number): Promise<Outcome<S>> {
  for (const watch of lane.watches) watch.servedAt = startedAt
  try {
    const reading = await lane.read()
    lane.notBefore = startedAt + reading.cost.durationMs / MAX_SHARE
    return { reading }
  } catch (error) {
    return { error }
  }
}

function handOver<S extends LagSource>(lane: Lane<S>, outcome: Outcome<S>): void {
  for (const { mailbox } of lane.watches) {
    if ('reading' in outcome) mailbox.put(outcome.reading)
    else mailbox.fail(outcome.error)
  }
}
