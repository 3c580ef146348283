import type { BrokerKind } from '@weir/contract'
import type { AnySource } from '@weir/drivers'
import { AttentionBook } from './attention-book.ts'
import { BacklogHistory } from './backlog-history.ts'
import { deriveKafka } from './derive-kafka.ts'
import { deriveMqtt } from './derive-mqtt.ts'
import { deriveRabbitmq } from './derive-rabbitmq.ts'
import { EndOffsetHistory } from './end-offset-history.ts'
import { RateMeter } from './rate-meter.ts'
import { kindOfSource, type ReadingStore } from './reading-store.ts'

/** What is worked out from one reading to the next: rates from counters, where each backlog is heading, what is wrong. */
export interface Derived {
  readonly rates: RateMeter
  readonly backlog: BacklogHistory
  /** When each lagging Kafka partition's end was where. */
  readonly endOffsets: EndOffsetHistory
  readonly attention: AttentionBook
}

/** Works a new reading into `derived`. One per kind. */
export type Derive = (clusterId: string, source: AnySource, store: ReadingStore, derived: Derived) => void

const derivers: Readonly<Record<BrokerKind, Derive>> = {
  rabbitmq: deriveRabbitmq,
  kafka: deriveKafka,
  mqtt: deriveMqtt,
}

/** Keeps `Derived` up to date with the store. Make it before anything that projects, so that it hears first. */
export function derive(store: ReadingStore): Derived {
  const derived: Derived = {
    rates: new RateMeter(),
    backlog: new BacklogHistory(),
    endOffsets: new EndOffsetHistory(),
    attention: new AttentionBook(),
  }
  store.onChange((clusterId, source) => derivers[kindOfSource(source)](clusterId, source, store, derived))
  return derived
}
