import type { Instance } from '@weir/contract'
import type { Derived } from '../store/derived.ts'
import type { ReadingStore } from '../store/reading-store.ts'
import type { Inventory } from '../tenancy/inventory.ts'
import type { Part } from './view-definition.ts'

export interface PartContext {
  readonly inventory: Inventory
  readonly store: ReadingStore
  readonly derived: Derived
}

/** An instance as projections see it: what is read of it now, whenever they look. */
export function partOf(instance: Instance, { inventory, store, derived }: PartContext): Part {
  return {
    instance,
    unavailable: inventory.cluster(instance.clusterId)?.unavailable ?? null,
    slot: (source) => store.get(instance.clusterId, source),
    derived,
  }
}
