import { ChangesPage } from '../../features/changes/changes-page.tsx'
import { useInstance } from './instance-gate.tsx'

export function ChangesRoute() {
  const { id } = useInstance()
  return <ChangesPage key={id} instanceId={id} />
}
