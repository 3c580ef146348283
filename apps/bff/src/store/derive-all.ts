import type { BrokerKind } from '@weir/contract'
import { deriveKafka } from './derive-kafka.ts'
import { deriveMqtt } from './derive-mqtt.ts'
import { deriveRabbitmq } from './derive-rabbitmq.ts'
import { createDerived, type Derive, type Derived } from './derived.ts'
import { kindOfSource, type ReadingStore } from './reading-store.ts'

const derivers: Readonly<Record<BrokerKind, Derive>> = {
  rabbitmq: deriveRabbitmq,
  kafka: deriveKafka,
  mqtt: deriveMqtt,
}

/** Keeps `Derived` up to date with the store. Make it before anything that projects, so that it hears first. */
export function derive(store: ReadingStore): Derived {
  const derived = createDerived()
  store.onChange((clusterId, source) => derivers[kindOfSource(source)](clusterId, source, store, derived))
  return derived
}
