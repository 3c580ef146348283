import type { View } from '@weir/contract'
import { localOperator } from '../access/actor.ts'
import type { Inventory } from '../tenancy/inventory.ts'
import type { Hub } from './hub.ts'

/** Homes, the fleet and every overview open with their last 15 minutes, so their streams live from the start. */
export function keepOverviews(hub: Hub, inventory: Inventory): void {
  hub.keep(localOperator, { fleet: true }, { type: 'fleet' })
  for (const { id } of inventory.tenants) hub.keep(localOperator, { tenantId: id }, { type: 'tenant' })
  for (const { id, kind } of inventory.instances) {
    const view: View = { type: `${kind}.overview` }
    hub.keep(localOperator, { instanceId: id }, view)
  }
}
