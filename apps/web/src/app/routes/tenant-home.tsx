import { useParams } from '@tanstack/react-router'
import { TenantHomePage } from '../../features/tenant-home/tenant-home-page.tsx'
import { WhatChanged } from '../../features/what-changed/what-changed.tsx'
import { instancesOf, useInventory } from '../inventory.tsx'
import { UnknownPage } from './unknown-page.tsx'

export function TenantHomeRoute() {
  const { tenantSlug } = useParams({ from: '/t/$tenantSlug' })
  const inventory = useInventory()
  const tenant = inventory.tenants.find((one) => one.slug === tenantSlug)
  if (!tenant) return <UnknownPage />
  return (
    <TenantHomePage key={tenant.id} tenant={tenant}>
      <WhatChanged instances={instancesOf(inventory, tenant.id)} />
    </TenantHomePage>
  )
}
