import { queueKey } from '@weir/contract'
import { inVhosts } from '../../views/rabbitmq-scope.ts'
import { notFound, reach } from '../instance-access.ts'
import type { RequestContext } from '../request-context.ts'
import { audited } from './audited.ts'

interface Input {
  readonly instanceId: string
  readonly vhost: string
  readonly name: string
}

/** Throws NOT_FOUND for a queue outside the scope, as for one that isn't there; what the broker refuses otherwise. */
export async function purgeQueue(context: RequestContext, { instanceId, vhost, name }: Input) {
  const { instance, driver } = reach(context, instanceId, 'rabbitmq')
  if (!inVhosts(instance.scope, vhost)) throw notFound('there is no such queue here')
  const totals = context.store.get(instance.clusterId, 'rabbitmq.totals')?.reading
  const messagesReadyBefore = totals?.data.get(queueKey(vhost, name))?.messagesReady ?? null
  await audited(context, {
    instance,
    procedure: 'rabbitmq.purgeQueue',
    target: `queue ${name} in vhost ${vhost}`,
    before: { messagesReady: messagesReadyBefore },
    run: (signal) => driver.purgeQueue(vhost, name, signal),
  })
  return { messagesReadyBefore }
}
