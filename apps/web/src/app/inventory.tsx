import type { Instance, Tenant } from '@weir/contract'
import { createContext, useContext } from 'react'

/** The tenants and instances that this actor may see. */
export interface Inventory {
  readonly tenants: readonly Tenant[]
  readonly instances: readonly Instance[]
}

export const InventoryContext = createContext<Inventory>({ tenants: [], instances: [] })

export function useInventory(): Inventory {
  return useContext(InventoryContext)
}

/** The instances of one tenant; `null`: whole clusters, the operators' own. */
export function instancesOf(inventory: Inventory, tenantId: string | null): readonly Instance[] {
  return inventory.instances.filter((instance) => instance.tenantId === tenantId)
}
