import { ClientsPage } from '../../features/mqtt-clients/clients-page.tsx'
import { OfKind } from './instance-gate.tsx'

export function ClientsRoute() {
  return <OfKind kind="mqtt">{({ id }) => <ClientsPage key={id} instanceId={id} />}</OfKind>
}
