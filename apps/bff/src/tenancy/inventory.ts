import type { Cluster, Instance, Tenant } from '@weir/contract'
import type { BrokerTarget } from '@weir/drivers'

export interface RegisteredCluster extends Cluster {
  /** Where and how to reach it; null where `unavailable` says why there is nothing to reach. */
  readonly target: BrokerTarget | null
}

/** Every tenant, cluster and instance, by id. Read-only: what `weir.yaml` declares changes with a restart. */
export class Inventory {
  readonly tenants: readonly Tenant[]
  readonly clusters: readonly RegisteredCluster[]
  readonly instances: readonly Instance[]
  readonly #tenants: ReadonlyMap<string, Tenant>
  readonly #clusters: ReadonlyMap<string, RegisteredCluster>
  readonly #instances: ReadonlyMap<string, Instance>

  constructor(
    tenants: readonly Tenant[],
    clusters: readonly RegisteredCluster[],
    instances: readonly Instance[],
  ) {
    this.tenants = tenants
    this.clusters = clusters
    this.instances = instances
    this.#tenants = new Map(tenants.map((tenant) => [tenant.id, tenant]))
    this.#clusters = new Map(clusters.map((cluster) => [cluster.id, cluster]))
    this.#instances = new Map(instances.map((instance) => [instance.id, instance]))
  }

  tenant(id: string): Tenant | undefined {
    return this.#tenants.get(id)
  }
  cluster(id: string): RegisteredCluster | undefined {
    return this.#clusters.get(id)
  }
  instance(id: string): Instance | undefined {
    return this.#instances.get(id)
  }
  instancesOfTenant(tenantId: string): readonly Instance[] {
    return this.instances.filter((instance) => instance.tenantId === tenantId)
  }
  /** The whole clusters, as operators see them. */
  wholeClusters(): readonly Instance[] {
    return this.instances.filter((instance) => instance.tenantId === null)
  }
}
