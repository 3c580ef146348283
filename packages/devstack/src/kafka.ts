import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerControl } from './broker-control.ts'
import { rememberedPorts } from './free-ports.ts'
import { type KafkaVersion, kafkaJars, kafkaVersion } from './kafka-jars.ts'
import {
  clientAddress,
  javaProgram,
  type KafkaNodePlan,
  prepareKafkaNode,
  randomKafkaId,
  startKafkaNode,
} from './kafka-node.ts'
import type { KafkaTls } from './kafka-properties.ts'
import { releaseOf } from './releases.ts'
import type { Report } from './report.ts'
import { secretOf } from './secrets.ts'

export interface KafkaSasl {
  mechanism: 'scram-sha-512'
  username: string
  password: string
}

/** Where a Kafka is and how its super user signs in. */
export interface KafkaAddress {
  /** `host:port` each. */
  bootstrap: string[]
  sasl: KafkaSasl
}

export interface KafkaBroker extends BrokerControl, KafkaAddress {
  readonly kind: 'kafka'
  /** `4.3`, by the jars that it was started from, and not the broker itself; null: not known. */
  readonly release: string | null
  /** `host:port` where it serves TLS; absent where it wasn't asked to. */
  readonly tlsBootstrap?: readonly string[]
}

/**
 * Starts Apache Kafka, one KRaft node, with data and ports of its own under `<dir>/kafka` (the newest version) or
 * `<dir>/kafka-3.9.1`: SASL/SCRAM for clients, and rights by ACL alone.
 * Throws when Java or the jars can't be had, or when it doesn't come up.
 */
export async function startKafka(options: {
  dir: string
  report: Report
  version?: KafkaVersion
  /** Serve TLS, too, with this certificate. */
  tls?: KafkaTls
}): Promise<KafkaBroker> {
  const { dir, report, version = kafkaVersion } = options
  javaProgram()
  const jars = await kafkaJars(report, version)
  const name = version === kafkaVersion ? 'kafka' : `kafka-${version}`
  mkdirSync(join(dir, name), { recursive: true, mode: 0o700 })
  const names = ['client', 'internal', 'controller', 'tls'] as const
  const ports = await rememberedPorts(join(dir, name, 'ports.json'), names)
  const tls = options.tls && { ...options.tls, port: ports.tls }
  const controllers = [`127.0.0.1:${ports.controller}`]
  const node: KafkaNodePlan = {
    id: 1,
    version,
    name,
    dir,
    jars,
    ports,
    controllers,
    maxHeap: '512m',
    ...(tls && { tls }),
  }
  const sasl = kafkaSasl(dir, name)
  report('formatting its data folder, if it is empty')
  await prepareKafkaNode(node, sasl, randomKafkaId(), version === '3.9.1' ? [] : ['--standalone'])
  const bootstrap = [clientAddress(node)]
  report(`starting on ${bootstrap[0]}`)
  const control = await startKafkaNode(node, sasl)
  const release = releaseOf(version)
  const secured = tls && { tlsBootstrap: [`127.0.0.1:${tls.port}`] }
  return Object.assign(control, { kind: 'kafka' as const, release, bootstrap, sasl, ...secured })
}

export function kafkaSasl(dir: string, name: string): KafkaSasl {
  return { mechanism: 'scram-sha-512', username: 'admin', password: secretOf(dir, `${name}.admin`) }
}
