import type { BrokerKind } from '@weir/contract'
import type { AnyDriver, DriverOf } from '@weir/drivers'

/** The one driver of each reachable cluster, for the collector to read with and for changes to be made with. */
export class ClusterDrivers {
  readonly #drivers = new Map<string, AnyDriver>()

  add(clusterId: string, driver: AnyDriver): void {
    this.#drivers.set(clusterId, driver)
  }

  of(clusterId: string): AnyDriver | undefined {
    return this.#drivers.get(clusterId)
  }

  /** Undefined where the cluster is unavailable, or of another kind. */
  ofKind<K extends BrokerKind>(kind: K, clusterId: string): DriverOf[K] | undefined {
    const driver = this.#drivers.get(clusterId)
    return driver?.kind === kind ? (driver as DriverOf[K]) : undefined
  }
}
