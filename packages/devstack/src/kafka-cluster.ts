import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerControl } from './broker-control.ts'
import { rememberedPorts } from './free-ports.ts'
import { type KafkaAddress, kafkaSasl } from './kafka.ts'
import { kafkaJars, kafkaVersion } from './kafka-jars.ts'
import {
  clientAddress,
  javaProgram,
  type KafkaNodePlan,
  prepareKafkaNode,
  randomKafkaId,
  startKafkaNode,
} from './kafka-node.ts'
import type { Report } from './report.ts'

/** A hand on one node. */
export interface KafkaNode extends BrokerControl {
  /** Its broker id. */
  readonly id: number
  /** `host:port`. */
  readonly address: string
}

export interface KafkaCluster extends KafkaAddress {
  readonly nodes: readonly KafkaNode[]
  stop(): Promise<void>
}

const ids = [1, 2, 3] as const
const portNames = ids.flatMap((id) => [`client${id}`, `internal${id}`, `controller${id}`] as const)

/**
 * Starts three nodes of the newest Kafka under `<dir>`, each broker and controller: one may be harmed and the rest
 * goes on. What they keep of groups and transactions is on all three. Throws when one doesn't come up.
 */
export async function startKafkaCluster(options: { dir: string; report: Report }): Promise<KafkaCluster> {
  const { dir, report } = options
  javaProgram()
  const jars = await kafkaJars(report)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const ports = await rememberedPorts(join(dir, 'ports.json'), portNames)
  const controllers = ids.map((id) => `127.0.0.1:${ports[`controller${id}`]}`)
  const plans = ids.map(
    (id): KafkaNodePlan => ({
      id,
      version: kafkaVersion,
      name: `kafka-${id}`,
      dir,
      jars,
      ports: {
        client: ports[`client${id}`],
        internal: ports[`internal${id}`],
        controller: ports[`controller${id}`],
      },
      controllers,
      maxHeap: '384m',
    }),
  )
  const sasl = kafkaSasl(dir, 'kafka-cluster')
  report('formatting three data folders, where they are empty')
  const clusterId = randomKafkaId()
  const voters = controllers.map((address, index) => `${index + 1}@${address}:${randomKafkaId()}`).join(',')
  const format = ['--initial-controllers', `"${voters}"`]
  await Promise.all(plans.map((plan) => prepareKafkaNode(plan, sasl, clusterId, format)))
  const bootstrap = plans.map(clientAddress)
  report(`starting on ${bootstrap.join(', ')}`)
  const nodes = await startAll(plans.map((plan) => () => startKafkaNode(plan, sasl)))
  return {
    bootstrap,
    sasl,
    nodes: nodes.map((node, index) =>
      Object.assign(node, { id: index + 1, address: bootstrap[index] as string }),
    ),
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
  }
}

/** All, or none is left behind. */
async function startAll(starts: readonly (() => Promise<BrokerControl>)[]): Promise<BrokerControl[]> {
  const started = await Promise.allSettled(starts.map((start) => start()))
  const up = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = started.find((one) => one.status === 'rejected')
  if (failed === undefined) return up
  await Promise.all(up.map((node) => node.stop()))
  throw failed.reason
}
