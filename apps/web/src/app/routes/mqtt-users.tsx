import { UsersPage } from '../../features/mqtt-users/users-page.tsx'
import { OfKind } from './instance-gate.tsx'

export function UsersRoute() {
  return <OfKind kind="mqtt">{({ id }) => <UsersPage key={id} instanceId={id} />}</OfKind>
}
