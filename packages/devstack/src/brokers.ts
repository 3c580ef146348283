import { isComposeThere } from './compose.ts'
import { composeKafka, composeMosquitto, composeRabbitmq } from './compose-brokers.ts'
import { type ExternalBrokers, externalBrokers } from './external-brokers.ts'
import { type KafkaBroker, startKafka } from './kafka.ts'
import { type MosquittoBroker, startMosquitto } from './mosquitto.ts'
import type { SystemPackageName } from './packages.ts'
import { type RabbitmqBroker, startRabbitmq } from './rabbitmq.ts'
import type { Report } from './report.ts'
import type { Stages } from './stages.ts'

/** A broker that couldn't be had: why, in one sentence for a person. */
export interface Unavailable {
  error: string
  /** True where this machine can't have it whatever is done; then its tests are skipped, and nothing has failed. */
  byNature?: true
}

export interface Brokers {
  rabbitmq: RabbitmqBroker | Unavailable
  kafka: KafkaBroker | Unavailable
  mqtt: MosquittoBroker | Unavailable
}

const packagesOf: Record<keyof Brokers, readonly SystemPackageName[]> = {
  rabbitmq: ['rabbitmq'],
  mqtt: ['mosquitto'],
  kafka: ['java', 'maven'],
}

export function isUnavailable(broker: object): broker is Unavailable {
  return 'error' in broker
}

/** Where each broker is to come from. */
export interface BrokerPlan {
  external: ExternalBrokers
  byCompose: boolean
  /** What the machine must have for the brokers that are left to it. */
  packages: SystemPackageName[]
}

/**
 * In this order: a broker that the environment names; Docker Compose where an engine answers; the machine's own
 * packages. Throws when the environment names one by half.
 */
export async function planBrokers(env: NodeJS.ProcessEnv = process.env): Promise<BrokerPlan> {
  const external = externalBrokers(env)
  const byCompose = await isComposeThere()
  const own = byCompose ? [] : brokerKinds.filter((kind) => external[kind] === null)
  return { external, byCompose, packages: own.flatMap((kind) => packagesOf[kind]) }
}

const brokerKinds = ['rabbitmq', 'mqtt', 'kafka'] as const

/**
 * Starts the three brokers side by side under `dir`. One that fails costs only itself.
 * `onBroker` is called as each one is up or has failed, with all that is known so far.
 */
export async function startBrokers(
  dir: string,
  stages: Stages,
  plan: BrokerPlan,
  onBroker: (known: Partial<Brokers>) => void = () => {},
): Promise<Brokers> {
  const known: Partial<Brokers> = {}
  async function one<K extends keyof Brokers>(
    kind: K,
    name: string,
    start: (report: Report) => Promise<Brokers[K]>,
  ): Promise<Brokers[K]> {
    const named: Brokers[K] | null = plan.external[kind]
    const broker: Brokers[K] =
      named ??
      (await stages.run(name, start).catch((error: Error) => ({ error: error.message }) as Brokers[K]))
    known[kind] = broker
    onBroker(known)
    return broker
  }
  const { byCompose } = plan
  const [rabbitmq, mqtt, kafka] = await Promise.all([
    one('rabbitmq', 'RabbitMQ', (report) =>
      composeFirst(
        byCompose,
        report,
        () => composeRabbitmq(dir),
        () => startRabbitmq({ dir, report }),
      ),
    ),
    one('mqtt', 'Mosquitto', (report) =>
      composeFirst(
        byCompose,
        report,
        () => composeMosquitto(dir),
        () => startMosquitto({ dir, report }),
      ),
    ),
    one('kafka', 'Kafka', (report) =>
      composeFirst(
        byCompose,
        report,
        () => composeKafka(dir),
        () => startKafka({ dir, report }),
      ),
    ),
  ])
  return { rabbitmq, mqtt, kafka }
}

/** A container that doesn't come up is no reason to go without: the machine may have the broker itself. */
async function composeFirst<T>(
  byCompose: boolean,
  report: Report,
  compose: () => Promise<T>,
  own: () => Promise<T>,
): Promise<T> {
  if (!byCompose) return own()
  try {
    report("starting by Docker Compose (which Weir's makers haven't run; WEIR_DOCKER=off goes past it)")
    return await compose()
  } catch (error) {
    report(
      `Docker Compose failed, trying the machine's own: ${error instanceof Error ? error.message : error}`,
    )
    return own()
  }
}

/** Stops those that are up; one that fails to stop doesn't keep the others from stopping. */
export async function stopBrokers(brokers: Partial<Brokers>): Promise<void> {
  const up = Object.values(brokers).filter((broker) => !isUnavailable(broker))
  await Promise.allSettled(up.map((broker) => (isUnavailable(broker) ? undefined : broker.stop())))
}
