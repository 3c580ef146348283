import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Dashboard,
  type MosquittoBroker,
  type RabbitmqBroker,
  silent,
  startDashboard,
  startMosquitto,
  startRabbitmq,
} from '@weir/devstack'

/** Brokers and a Weir of the test's own: to be killed, frozen and restarted without anybody else's noticing. */
export interface OwnWeir {
  readonly url: string
  readonly rabbitmq: RabbitmqBroker
  readonly mosquitto: MosquittoBroker
  readonly instances: Readonly<Record<'rabbitmq' | 'mqtt', string>>
  /** The same configuration, store and port. */
  restartWeir(): Promise<void>
  stop(): Promise<void>
}

export async function startOwnWeir(): Promise<OwnWeir> {
  const dir = mkdtempSync(join(tmpdir(), 'weir-e2e-'))
  const [rabbitmq, mosquitto] = await Promise.all([
    startRabbitmq({ dir, report: silent }),
    startMosquitto({ dir, report: silent }),
  ])
  writeFileSync(join(dir, 'weir.yaml'), JSON.stringify(declaration(rabbitmq, mosquitto)), { mode: 0o600 })
  let dashboard: Dashboard = await startDashboard(dir, silent)
  const { instances } = await dashboard.listed()
  const idOf = (kind: string) => instances.find((instance) => instance.kind === kind)?.id ?? ''
  return {
    url: dashboard.url,
    rabbitmq,
    mosquitto,
    instances: { rabbitmq: idOf('rabbitmq'), mqtt: idOf('mqtt') },
    async restartWeir() {
      await dashboard.stop()
      dashboard = await startDashboard(dir, silent)
    },
    async stop() {
      await dashboard.stop()
      await Promise.all([rabbitmq.stop(), mosquitto.stop()])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** YAML holds JSON. */
function declaration(rabbitmq: RabbitmqBroker, mosquitto: MosquittoBroker) {
  const clusters = [
    {
      ...{ slug: 'own-rabbitmq', name: 'Own RabbitMQ', kind: 'rabbitmq' },
      endpoints: {
        amqp: [rabbitmq.amqp],
        management: [rabbitmq.management],
        prometheus: [rabbitmq.prometheus],
      },
      credentials: { username: rabbitmq.username, password: rabbitmq.password },
    },
    {
      ...{ slug: 'own-mqtt', name: 'Own MQTT', kind: 'mqtt' },
      endpoints: { mqtt: [mosquitto.url] },
      credentials: { username: mosquitto.username, password: mosquitto.password },
    },
  ]
  const instances = clusters.map(({ slug, name }) => ({ slug, name, cluster: slug, scope: { all: true } }))
  return { clusters, instances }
}
