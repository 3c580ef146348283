import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerKind } from '@weir/contract'
import { type KafkaBroker, type MosquittoBroker, type RabbitmqBroker, startDashboard } from '@weir/devstack'
import type { BenchContext } from './bench.ts'

/** One cluster as weir.yaml declares it. */
export interface ClusterEntry {
  readonly slug: string
  readonly name: string
  readonly kind: BrokerKind
  readonly endpoints: object
  readonly credentials: object
}

export interface BenchWeir {
  readonly url: string
  readonly pid: number
  /** The whole-cluster instance of each kind; empty text where there is none. */
  readonly instanceIds: Readonly<Record<BrokerKind, string>>
}

/** Starts a Weir of the bench's own over these clusters, and has it stopped after the run. */
export async function startWeir(
  { dir, report, resources }: BenchContext,
  clusters: readonly ClusterEntry[],
): Promise<BenchWeir> {
  const instances = clusters.map(({ slug, name }) => ({ slug, name, cluster: slug, scope: { all: true } }))
  // YAML holds JSON. Passwords: ours alone.
  writeFileSync(join(dir, 'weir.yaml'), JSON.stringify({ clusters, instances }), { mode: 0o600 })
  const dashboard = await startDashboard(dir, (text) => report(`Weir ${text}`))
  resources.defer(() => dashboard.stop())
  const listed = (await dashboard.listed()).instances
  const idOf = (kind: BrokerKind) => listed.find((instance) => instance.kind === kind)?.id ?? ''
  return {
    url: dashboard.url,
    pid: dashboard.pid,
    instanceIds: { rabbitmq: idOf('rabbitmq'), kafka: idOf('kafka'), mqtt: idOf('mqtt') },
  }
}

/** `through`: what stands in front of the broker's own endpoints, to count. */
export function rabbitmqEntry(
  broker: RabbitmqBroker,
  through: { readonly management: string; readonly prometheus: string } = broker,
): ClusterEntry {
  const { amqp, username, password } = broker
  return {
    ...{ slug: 'bench-rabbitmq', name: 'Bench RabbitMQ', kind: 'rabbitmq' },
    endpoints: { amqp: [amqp], management: [through.management], prometheus: [through.prometheus] },
    credentials: { username, password },
  }
}

export function kafkaEntry({ bootstrap, sasl }: KafkaBroker): ClusterEntry {
  return {
    ...{ slug: 'bench-kafka', name: 'Bench Kafka', kind: 'kafka' },
    endpoints: { bootstrap },
    credentials: sasl,
  }
}

export function mqttEntry({ url, username, password }: MosquittoBroker): ClusterEntry {
  return {
    ...{ slug: 'bench-mqtt', name: 'Bench Mosquitto', kind: 'mqtt' },
    endpoints: { mqtt: [url] },
    credentials: { username, password },
  }
}
