import { setTimeout as delay } from 'node:timers/promises'
import { ErrorCode } from '@weir/contract'
import { type AnySource, type BrokerDriver, BrokerError, type Reading } from '@weir/drivers'
import type { Logger } from 'pino'
import type { ReadingStore } from '../store/reading-store.ts'
import { backOffMs } from './back-off.ts'
import type { InterestBook } from './interest.ts'
import type { ReadingMeter } from './reading-meter.ts'

/** A watched source that is silent for so long past its cadence has hung, whatever its driver believes. */
const SILENCE_MS = 3_800
/** At this cadence and slower nobody is watching, and a late reading is nobody's loss: it may be as late again. */
const IDLE_MS = 10_000

export interface LoopContext {
  readonly clusterId: string
  readonly source: AnySource
  readonly driver: BrokerDriver
  readonly store: ReadingStore
  readonly meter: ReadingMeter
  readonly log: Logger
  /** The broker seems to be gone: its other sources had better look, too. */
  onLost(): void
}

/** Reads one source of one cluster into the store for as long as somebody wants it. */
export class SourceLoop {
  readonly #context: LoopContext
  readonly #book: InterestBook
  #running: AbortController | null = null
  #failures = 0
  #lastCode: ErrorCode | null = null
  #closed = false
  readonly #stopListening: () => void

  constructor(context: LoopContext, book: InterestBook) {
    this.#context = context
    this.#book = book
    this.#stopListening = book.onChange(() => this.adjust())
  }

  /** Starts where something is wanted, ends where nothing is. */
  adjust(): void {
    if (this.#closed) return
    if (this.#book.wanted && !this.#running) {
      const running = new AbortController()
      this.#running = running
      void this.#run(running.signal)
    } else if (!this.#book.wanted && this.#running) {
      this.#stop()
    }
  }

  /** For good: watchers that let go from now on start nothing. */
  close(): void {
    this.#closed = true
    this.#stopListening()
    this.#stop()
  }

  #stop(): void {
    this.#running?.abort()
    this.#running = null
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const error = await this.#readUntilFailure(signal)
      if (signal.aborted) return
      this.#failed(error)
      const retryable = error instanceof BrokerError ? error.retryable : true
      await delay(backOffMs(this.#failures, retryable, Math.random()), undefined, { signal }).catch(() => {})
    }
  }

  /** Answers why the readings ended. */
  async #readUntilFailure(signal: AbortSignal): Promise<unknown> {
    const { driver, source } = this.#context
    const silence = new SilenceWatch(() => this.#silent())
    let leastMs = 0
    const expectNext = () => silence.expect(patienceMs(this.#book.current().cadenceMs, leastMs))
    const stopListening = this.#book.onChange(expectNext)
    try {
      expectNext()
      // One driver serves the sources of its own kind: `sourcesOfKind` chose this one by it.
      for await (const reading of driver.watch(source as never, this.#book, signal)) {
        this.#read(reading)
        leastMs = stretchedMs(reading)
        expectNext()
      }
      return new Error(`${source} ended`)
    } catch (error) {
      return error
    } finally {
      stopListening()
      silence.end()
    }
  }

  #read(reading: Reading<unknown>): void {
    const { clusterId, source, store, meter, log } = this.#context
    meter.read(source, reading.cost)
    if (this.#lastCode !== null) log.info({ clusterId, source }, 'readings are back')
    this.#failures = 0
    this.#lastCode = null
    // A slow reading stretches its cadence: what the page is told is the true one.
    const cadenceMs = Math.max(this.#book.current().cadenceMs, stretchedMs(reading))
    store.put(clusterId, source, reading, cadenceMs)
  }

  #failed(error: unknown): void {
    const code = error instanceof BrokerError ? error.code : ErrorCode.internal
    this.#failures += 1
    this.#context.meter.failed(this.#context.source, code)
    this.#tell(code, error)
  }

  #silent(): void {
    this.#tell(ErrorCode.brokerTimeout, null)
  }

  /** One line per change of state, not per poll. */
  #tell(code: ErrorCode, err: unknown): void {
    const { clusterId, source, store, log } = this.#context
    if (this.#lastCode !== code) {
      const level = code === ErrorCode.internal ? 'error' : 'warn'
      log[level]({ clusterId, source, code, err }, 'readings fail, backing off')
    }
    const lost =
      this.#lastCode === null && (code === ErrorCode.brokerUnreachable || code === ErrorCode.brokerTimeout)
    this.#lastCode = code
    store.fail(clusterId, source, code, Date.now())
    if (lost) this.#context.onLost()
  }
}

/** A source reads at most a tenth of the time. */
function stretchedMs({ cost }: Reading<unknown>): number {
  return 10 * cost.durationMs
}

function patienceMs(cadenceMs: number, leastMs: number): number {
  return Math.max(cadenceMs, leastMs) + (cadenceMs >= IDLE_MS ? cadenceMs : SILENCE_MS)
}

/** Calls out when nothing came in time. */
class SilenceWatch {
  readonly #onSilence: () => void
  #timer: NodeJS.Timeout | undefined
  constructor(onSilence: () => void) {
    this.#onSilence = onSilence
  }
  expect(withinMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#onSilence, withinMs)
  }
  end(): void {
    clearTimeout(this.#timer)
  }
}
