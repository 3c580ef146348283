import type { Instance } from '@weir/contract'
import type { QueueTotals } from '@weir/drivers'
import { createMemoryDriver, type MemoryDriver } from '@weir/drivers/testing'
import { areaLoggers, createLogger } from '../logger.ts'
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
}

/** The real server over a scripted RabbitMQ that two tenants share. */
export async function startMemoryWeir(): Promise<MemoryWeir> {
  const driver = createMemoryDriver({ kind: 'rabbitmq' })
  const logLines: string[] = []
  const cluster: RegisteredCluster = {
    ...{ id: 'cluster-1', slug: 'shared', name: 'Shared', kind: 'rabbitmq', unavailable: null },
    target: {
      ...{ kind: 'rabbitmq', management: ['http://127.0.0.1:1'], amqp: [], prometheus: [] },
      ...{ username: 'weir', password: 'hush' },
    },
  }
  const weir = await serve({
    inventory: new Inventory([tenantA, tenantB], [cluster], [wholeCluster, instanceA, instanceB]),
    driverFor: () => driver,
    host: '127.0.0.1',
    port: 0,
    staticDir: '/nonexistent',
    log: areaLoggers(createLogger('info', { write: (line) => void logLines.push(line) })),
  })
  return { ...weir, driver, logLines }
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
