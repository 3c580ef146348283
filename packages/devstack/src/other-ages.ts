import type { Brokers, Unavailable } from './brokers.ts'
import { startKafka } from './kafka.ts'
import { startNewerMosquitto, writeNewerMosquittoProgram } from './newer-mosquitto.ts'
import { startNewerRabbitmq } from './newer-rabbitmq.ts'
import { newerRoot, whyNoNewerRoot } from './newer-root.ts'
import type { SystemPackageName } from './packages.ts'
import { findProgram } from './programs.ts'
import type { Report } from './report.ts'
import type { Stages } from './stages.ts'

/** RabbitMQ and Mosquitto as new as Debian has them, Kafka from before its version 4. */
export interface OtherAges {
  brokers: Brokers
  /** A program that is the newer Mosquitto; null where that isn't there. */
  mosquittoProgram: string | null
}

/** What the machine must have for them. */
export const otherAgesPackages: readonly SystemPackageName[] =
  whyNoNewerRoot() === null ? ['debootstrap', 'java', 'maven'] : ['java', 'maven']

/**
 * The brokers of another age than those that everything runs on, for the drivers' tests alone.
 * One that fails costs only itself.
 */
export async function startOtherAges(dir: string, stages: Stages): Promise<OtherAges> {
  const [{ rabbitmq, mqtt, mosquittoProgram }, kafka] = await Promise.all([
    startNewer(dir, stages),
    tried(stages, 'Kafka, older', isJavaBarred(), (report) => startKafka({ dir, report, version: '3.9.1' })),
  ])
  return { brokers: { rabbitmq, mqtt, kafka }, mosquittoProgram }
}

async function startNewer(dir: string, stages: Stages) {
  const root = await tried(stages, 'Newer Debian', whyNoNewerRoot() !== null, newerRoot)
  if (typeof root !== 'string') return { rabbitmq: root, mqtt: root, mosquittoProgram: null }
  const [rabbitmq, mqtt] = await Promise.all([
    tried(stages, 'RabbitMQ, newer', false, (report) => startNewerRabbitmq({ dir, root, report })),
    tried(stages, 'Mosquitto, newer', false, (report) => startNewerMosquitto({ dir, root, report })),
  ])
  return { rabbitmq, mqtt, mosquittoProgram: writeNewerMosquittoProgram(dir, root) }
}

/** A stage that may fail. `byNature`: this machine can't pass it whatever is done. */
function tried<T>(
  stages: Stages,
  name: string,
  byNature: boolean,
  work: (report: Report) => Promise<T>,
): Promise<T | Unavailable> {
  return stages
    .run(name, work)
    .catch(({ message }: Error) => ({ error: message, ...(byNature && { byNature: true as const }) }))
}

/** Where brokers come by Docker there may be no Java, and who isn't root can't be made to install it. */
export function isJavaBarred(): boolean {
  const isThere = findProgram('java') !== null && findProgram('mvn') !== null
  return !isThere && process.getuid?.() !== 0
}
