import { useMatches, useParams, useSearch } from '@tanstack/react-router'
import { useInventory } from '../inventory.tsx'
import type { Place } from '../places.ts'

export function usePlace(): Place {
  const { tenants, instances } = useInventory()
  const { instanceId, tenantSlug } = useParams({ strict: false })
  const { name, groupId } = useSearch({ strict: false })
  const last = useMatches().at(-1)
  const instance = instances.find((one) => one.id === instanceId) ?? null
  const tenant =
    tenants.find((one) => one.slug === tenantSlug) ??
    tenants.find((one) => one.id === instance?.tenantId) ??
    null
  const isFleet = last?.routeId === '/fleet' || instance?.tenantId === null
  return {
    area: tenant ? 'tenant' : isFleet ? 'fleet' : 'none',
    tenant,
    instance,
    page: last?.staticData.page ?? null,
    object: name ?? groupId ?? null,
  }
}
