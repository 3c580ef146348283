import { type KafkaBroker, startKafka } from './kafka.ts'
import { type MosquittoBroker, startMosquitto } from './mosquitto.ts'
import type { SystemPackageName } from './packages.ts'
import { type RabbitmqBroker, startRabbitmq } from './rabbitmq.ts'
import type { Stages } from './stages.ts'

/** A broker that couldn't be had: why, in one sentence for a person. */
export interface Unavailable {
  error: string
}

export interface Brokers {
  rabbitmq: RabbitmqBroker | Unavailable
  kafka: KafkaBroker | Unavailable
  mqtt: MosquittoBroker | Unavailable
}

/** What the machine must have so that all three brokers can be started. */
export const packagesOfBrokers: readonly SystemPackageName[] = ['rabbitmq', 'mosquitto', 'java', 'maven']

export function isUnavailable(broker: object): broker is Unavailable {
  return 'error' in broker
}

/**
 * Starts the three brokers side by side under `dir`. One that fails costs only itself.
 * `onBroker` is called as each one is up or has failed, with all that is known so far.
 */
export async function startBrokers(
  dir: string,
  stages: Stages,
  onBroker: (known: Partial<Brokers>) => void = () => {},
): Promise<Brokers> {
  const known: Partial<Brokers> = {}
  async function one<K extends keyof Brokers>(kind: K, start: Promise<Brokers[K]>): Promise<Brokers[K]> {
    const broker: Brokers[K] = await start.catch((error: Error) => ({ error: error.message }) as Brokers[K])
    known[kind] = broker
    onBroker(known)
    return broker
  }
  const [rabbitmq, mqtt, kafka] = await Promise.all([
    one(
      'rabbitmq',
      stages.run('RabbitMQ', (report) => startRabbitmq({ dir, report })),
    ),
    one(
      'mqtt',
      stages.run('Mosquitto', (report) => startMosquitto({ dir, report })),
    ),
    one(
      'kafka',
      stages.run('Kafka', (report) => startKafka({ dir, report })),
    ),
  ])
  return { rabbitmq, mqtt, kafka }
}

/** Stops those that are up; one that fails to stop doesn't keep the others from stopping. */
export async function stopBrokers(brokers: Partial<Brokers>): Promise<void> {
  const up = Object.values(brokers).filter((broker) => !isUnavailable(broker))
  await Promise.allSettled(up.map((broker) => (isUnavailable(broker) ? undefined : broker.stop())))
}
