import { Navigate } from '@tanstack/react-router'
import { useInventory } from '../inventory.tsx'
import { instancePages, pagePaths } from '../places.ts'
import { useInstance } from './instance-gate.tsx'

/** `/`: the first tenant's home, or the fleet where there is no tenant. */
export function FirstPage() {
  const [tenant] = useInventory().tenants
  if (!tenant) return <Navigate to="/fleet" replace />
  return <Navigate to="/t/$tenantSlug" params={{ tenantSlug: tenant.slug }} replace />
}

/** An instance's own address leads to the page that is looked at most. */
export function InstanceFirstPage() {
  const instance = useInstance()
  const [page] = instancePages[instance.kind]
  return <Navigate to={pagePaths[page]} params={{ instanceId: instance.id }} replace />
}
