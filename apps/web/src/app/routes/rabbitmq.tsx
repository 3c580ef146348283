import { useSearch } from '@tanstack/react-router'
import { QueuePage } from '../../features/rabbitmq-queue/queue-page.tsx'
import { QueuesPage } from '../../features/rabbitmq-queues/queues-page.tsx'
import { OfKind } from './instance-gate.tsx'

export function QueuesRoute() {
  return <OfKind kind="rabbitmq">{(instance) => <QueuesPage key={instance.id} instance={instance} />}</OfKind>
}

export function QueueRoute() {
  const { vhost, name } = useSearch({ from: '/i/$instanceId/queue' })
  return (
    <OfKind kind="rabbitmq">
      {({ id }) => <QueuePage key={`${vhost} ${name}`} instanceId={id} {...{ vhost, name }} />}
    </OfKind>
  )
}
