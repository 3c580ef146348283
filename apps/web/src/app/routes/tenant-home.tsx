import { useParams } from '@tanstack/react-router'
import { TenantHomePage } from '../../features/tenant-home/tenant-home-page.tsx'
import { useInventory } from '../inventory.tsx'
import { UnknownPage } from './unknown-page.tsx'

export function TenantHomeRoute() {
  const { tenantSlug } = useParams({ from: '/t/$tenantSlug' })
  const tenant = useInventory().tenants.find((one) => one.slug === tenantSlug)
  return tenant ? <TenantHomePage key={tenant.id} tenant={tenant} /> : <UnknownPage />
}
