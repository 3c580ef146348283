import { readFileSync } from 'node:fs'
import { Instance, type Tenant } from '@weir/contract'
import type { BrokerTarget, TlsOptions } from '@weir/drivers'
import type { Declaration, DeclaredCluster, DeclaredInstance } from '../config/weir-yaml.ts'
import type { InventoryRepository } from '../persistence/inventory-repository.ts'
import { Inventory, type RegisteredCluster } from './inventory.ts'

/** Writes what is declared into the store, and answers it with its ids. Throws where a PEM file can't be read. */
export async function loadInventory(
  declaration: Declaration,
  repository: InventoryRepository,
): Promise<Inventory> {
  const clusters = await Promise.all(
    declaration.clusters.map(async (entry) => registered(entry, await repository.saveCluster(pick(entry)))),
  )
  const bySlug = new Map(clusters.map((cluster) => [cluster.slug, cluster]))

  const saveInstance = async (entry: DeclaredInstance, tenantId: string | null): Promise<Instance> => {
    const cluster = bySlug.get(entry.cluster)
    if (!cluster) throw new Error(`no cluster ${entry.cluster}`)
    const { slug, name, scope } = entry
    const id = await repository.saveInstance({ tenantId, clusterId: cluster.id, slug, name, scope })
    return Instance.parse({
      ...{ id, tenantId, slug, name, scope, kind: cluster.kind },
      ...{ clusterId: cluster.id, clusterName: cluster.name },
    })
  }

  const tenants: Tenant[] = []
  const instances: Instance[] = []
  for (const entry of declaration.tenants) {
    const id = await repository.saveTenant({ slug: entry.slug, name: entry.name })
    tenants.push({ id, slug: entry.slug, name: entry.name })
    for (const instance of entry.instances) instances.push(await saveInstance(instance, id))
  }
  for (const instance of declaration.instances) instances.push(await saveInstance(instance, null))
  return new Inventory(tenants, clusters, instances)
}

function pick({ slug, name, kind }: DeclaredCluster) {
  return { slug, name, kind }
}

function registered(entry: DeclaredCluster, id: string): RegisteredCluster {
  if ('unavailable' in entry) return { id, ...pick(entry), unavailable: entry.unavailable, target: null }
  return { id, ...pick(entry), unavailable: null, target: targetOf(entry) }
}

type ReachableCluster = Exclude<DeclaredCluster, { unavailable: string }>

function targetOf(entry: ReachableCluster): BrokerTarget {
  const tls = entry.tls && readTls(entry.tls)
  switch (entry.kind) {
    case 'rabbitmq':
      return { kind: 'rabbitmq', ...entry.endpoints, ...entry.credentials, tls }
    case 'kafka':
      return {
        kind: 'kafka',
        bootstrap: entry.endpoints.bootstrap,
        sasl: entry.credentials ?? null,
        tls: tls ?? null,
      }
    case 'mqtt':
      return {
        kind: 'mqtt',
        urls: entry.endpoints.mqtt,
        username: entry.credentials?.username ?? null,
        password: entry.credentials?.password ?? null,
        tls,
      }
  }
}

function readTls(tls: NonNullable<ReachableCluster['tls']>): TlsOptions {
  const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file, 'utf8'))
  return {
    ca: read(tls.caFile),
    cert: read(tls.certFile),
    key: read(tls.keyFile),
    serverName: tls.serverName,
  }
}
