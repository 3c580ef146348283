import type { Instance, Subject, Tenant } from '@weir/contract'
import type { Inventory } from '../tenancy/inventory.ts'
import type { Actor } from './actor.ts'

/** What an actor may see: asked by http and live alike, so that the rule stands once. */
export function visibleTenants(actor: Actor, inventory: Inventory): readonly Tenant[] {
  switch (actor.type) {
    case 'operator':
      return inventory.tenants
  }
}

export function visibleInstances(actor: Actor, inventory: Inventory): readonly Instance[] {
  switch (actor.type) {
    case 'operator':
      return inventory.instances
  }
}

/** The instances that a subject stands for; null where it isn't there or isn't the actor's: the two answer alike. */
export function instancesOf(
  actor: Actor,
  subject: Subject,
  inventory: Inventory,
): readonly Instance[] | null {
  if ('instanceId' in subject) {
    const instance = visibleInstances(actor, inventory).find(({ id }) => id === subject.instanceId)
    return instance ? [instance] : null
  }
  if ('tenantId' in subject) {
    const tenant = visibleTenants(actor, inventory).find(({ id }) => id === subject.tenantId)
    return tenant ? inventory.instancesOfTenant(tenant.id) : null
  }
  return actor.type === 'operator' ? inventory.wholeClusters() : null
}
