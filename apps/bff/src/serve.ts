import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnyDriver, BrokerTarget } from '@weir/drivers'
import { watchInstances } from './attention/instance-watch.ts'
import { Collector } from './collector/collector.ts'
import { PresenceKeeper } from './collector/presence-keeper.ts'
import { createApp } from './http/app.ts'
import { createMetrics } from './http/metrics.ts'
import { Hub } from './live/hub.ts'
import { keepOverviews } from './live/kept-streams.ts'
import { LiveServer } from './live/live-server.ts'
import type { AreaLoggers } from './logger.ts'
import type { AuditRepository } from './persistence/audit-repository.ts'
import type { MqttClientsRepository } from './persistence/mqtt-clients-repository.ts'
import { derive } from './store/derive-all.ts'
import { ReadingStore } from './store/reading-store.ts'
import { ClusterDrivers } from './tenancy/cluster-drivers.ts'
import type { Inventory } from './tenancy/inventory.ts'

/** How long open requests may take to end. */
const SHUTDOWN_MS = 3_000

export interface ServeOptions {
  readonly inventory: Inventory
  readonly audit: AuditRepository
  readonly mqttClients: MqttClientsRepository
  readonly driverFor: (target: BrokerTarget) => AnyDriver
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly staticDir: string
  readonly log: AreaLoggers
}

export interface RunningWeir {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** Wires everything up and listens. Throws where the address is taken. */
export async function serve(options: ServeOptions): Promise<RunningWeir> {
  const { inventory, log, staticDir } = options
  const metrics = createMetrics()
  const store = new ReadingStore()
  const derived = derive(store)
  const drivers = new ClusterDrivers()
  const collector = new Collector(store, metrics.meter, log.collector)
  const presence = new PresenceKeeper(store, options.mqttClients, log.collector)
  const stopWatching = watchInstances({ inventory, store, derived })
  const hub = new Hub({ inventory, store, derived, collector })

  keepOverviews(hub, inventory)

  let ready = false
  const server = createServer()
  const port = () => (server.address() as AddressInfo).port
  const live = new LiveServer({ server, hub, log: log.live, port })
  metrics.observe({ sockets: () => live.sessions, streams: () => hub.streams })
  const readAgain = (clusterId: string) => collector.readAgain(clusterId)
  const services = { inventory, drivers, store, audit: options.audit, log: log.http, readAgain }
  server.on(
    'request',
    createApp({ services, staticDir, metrics: metrics.registry, port, ready: () => ready }),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  for (const cluster of inventory.clusters) {
    if (!cluster.target) continue
    const driver = options.driverFor(cluster.target)
    if (driver.kind === 'mqtt') driver.restoreClients(await options.mqttClients.load(cluster.id))
    drivers.add(cluster.id, driver)
    collector.add(cluster.id, driver)
  }
  ready = true

  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port()}`,
    port: port(),
    async close() {
      ready = false
      live.close()
      stopWatching()
      hub.close()
      const closed = new Promise((resolve) => server.close(resolve))
      setTimeout(() => server.closeAllConnections(), SHUTDOWN_MS).unref()
      await collector.close()
      await presence.close()
      await closed
    },
  }
}
