import { useSearch } from '@tanstack/react-router'
import { PurgeQueueAction } from '../../features/purge-queue/purge-queue-action.tsx'
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
      {({ id }) => {
        const queue = { instanceId: id, vhost, name }
        return <QueuePage key={`${vhost} ${name}`} {...queue} actions={<PurgeQueueAction {...queue} />} />
      }}
    </OfKind>
  )
}
