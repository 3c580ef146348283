import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instance } from '@weir/contract'
import type { QueueTotals } from '@weir/drivers'
import { createMemoryDriver, type MemoryDriver } from '@weir/drivers/testing'
import { areaLoggers, createLogger } from '../logger.ts'
import { AuditRepository } from '../persistence/audit-repository.ts'
import { MqttClientsRepository } from '../persistence/mqtt-clients-repository.ts'
import { openDatabase } from '../persistence/store-database.ts'
import { type RunningWeir, serve } from '../serve.ts'
import { Inventory, type RegisteredCluster } from '../tenancy/inventory.ts'

export const tenantA = { id: 'tenant-a', slug: 'a', name: 'A' }
export const tenantB = { id: 'tenant-b', slug: 'b', name: 'B' }

const rabbitmq = { kind: 'rabbitmq', clusterId: 'cluster-1', clusterName: 'Shared' } as const
export const wholeCluster: Instance = {
  ...rabbitmq,
  ...{ id: 'whole', tenantId: null, slug: 'whole', name: 'Shared', scope: { all: true } },
}
export const instanceA: Instance = {
  ...rabbitmq,
  ...{ id: 'instance-a', tenantId: tenantA.id, slug: 'mq', name: 'mq', scope: { vhosts: ['a'] } },
}
export const instanceB: Instance = {
  ...rabbitmq,
  ...{ id: 'instance-b', tenantId: tenantB.id, slug: 'mq', name: 'mq', scope: { vhosts: ['b'] } },
}

export interface MemoryWeir extends RunningWeir {
  readonly driver: MemoryDriver<'rabbitmq'>
  readonly logLines: string[]
  /** The next purges fail with this. */
  refusePurges(error: Error): void
  /** `vhost/name` of every purge that reached the broker. */
  readonly purges: string[]
}

/** The real server over a scripted RabbitMQ that two tenants share. */
export async function startMemoryWeir(): Promise<MemoryWeir> {
  const driver = createMemoryDriver({ kind: 'rabbitmq' })
  const logLines: string[] = []
  const purges: string[] = []
  let refusal: Error | null = null
  const purgeQueue = async (vhost: string, name: string) => {
    purges.push(`${vhost}/${name}`)
    if (refusal) throw refusal
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-memory-'))
  const database = await openDatabase(dataDir)
  const weir = await serve({
    inventory: new Inventory([tenantA, tenantB], [cluster], [wholeCluster, instanceA, instanceB]),
    audit: new AuditRepository(database),
    mqttClients: new MqttClientsRepository(database),
    driverFor: () => Object.assign(driver, { purgeQueue }),
    host: '127.0.0.1',
    port: 0,
    staticDir: dataDir,
    log: areaLoggers(createLogger('info', { write: (line) => void logLines.push(line) })),
  })
  return {
    ...weir,
    driver,
    logLines,
    purges,
    refusePurges(error) {
      refusal = error
    },
    async close() {
      await weir.close()
      await database.destroy()
      rmSync(dataDir, { recursive: true })
    },
  }
}

const cluster: RegisteredCluster = {
  ...{ id: 'cluster-1', slug: 'shared', name: 'Shared', kind: 'rabbitmq', unavailable: null },
  target: {
    ...{ kind: 'rabbitmq', management: ['http://127.0.0.1:1'], amqp: [], prometheus: [] },
    ...{ username: 'weir', password: 'hush' },
  },
}

/** A totals reading of classic queues, by `vhost/name` and how many messages are ready. */
export function totals(ready: Readonly<Record<string, number>>): ReadonlyMap<string, QueueTotals> {
  return new Map(
    Object.entries(ready).map(([key, messagesReady]) => {
      const [vhost = '', name = ''] = key.split('/')
      return [key, { ...classicQueue, vhost, name, messages: messagesReady, messagesReady }]
    }),
  )
}

const classicQueue = {
  type: 'classic',
  state: 'running',
  durable: true,
  autoDelete: false,
  exclusive: false,
  policy: null,
  arguments: {},
  messagesUnacknowledged: 0,
} as const
