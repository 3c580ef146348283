import { FleetPage } from '../../features/fleet/fleet-page.tsx'

export function FleetRoute() {
  return <FleetPage />
}
