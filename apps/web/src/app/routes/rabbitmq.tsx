import { QueuesPage } from '../../features/rabbitmq-queues/queues-page.tsx'
import { OfKind } from './instance-gate.tsx'

export function QueuesRoute() {
  return <OfKind kind="rabbitmq">{(instance) => <QueuesPage instance={instance} />}</OfKind>
}
