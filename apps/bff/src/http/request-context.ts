import type { Logger } from 'pino'
import type { Actor } from '../access/actor.ts'
import type { AuditRepository } from '../persistence/audit-repository.ts'
import type { ReadingStore } from '../store/reading-store.ts'
import type { ClusterDrivers } from '../tenancy/cluster-drivers.ts'
import type { Inventory } from '../tenancy/inventory.ts'

/** What handlers work with, the same for every request. */
export interface Services {
  readonly inventory: Inventory
  readonly drivers: ClusterDrivers
  readonly store: ReadingStore
  readonly audit: AuditRepository
  readonly log: Logger
  /** After a change, so that its effect is seen at once. */
  readAgain(clusterId: string): void
}

/** What every handler knows of its request. */
export interface RequestContext extends Services {
  readonly actor: Actor
  readonly requestId: string
}
