import type { Browser } from '@playwright/test'
import type { KafkaBroker, MosquittoBroker, RabbitmqBroker } from '@weir/devstack'
import type { BenchContext } from '../bench.ts'
import type { BenchWeir } from '../weir-stack.ts'

/** What the freshness of every broker is measured in. */
export interface Setting {
  readonly context: BenchContext
  readonly rabbitmq: RabbitmqBroker
  readonly kafka: KafkaBroker
  readonly mosquitto: MosquittoBroker
  readonly weir: BenchWeir
  /** Null: no painted cells. */
  readonly browser: Browser | null
  /** Aborts when the run is over. */
  readonly stopped: AbortSignal
}

/** Where the same things are called the same. */
export const seenBy = {
  socket: 'Weir, socket',
  painted: 'Weir, painted',
} as const

/** The work's outcome, or the first failure of what runs beside it. */
export function beside<T>(work: Promise<T>, watchers: readonly Promise<unknown>[]): Promise<T> {
  const failure = Promise.all(watchers).then(() => new Promise<never>(() => {}))
  return Promise.race([work, failure])
}
