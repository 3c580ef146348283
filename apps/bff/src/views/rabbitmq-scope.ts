import type { RabbitmqScope } from '@weir/contract'
import type { Part } from './view-definition.ts'

/** The share of a RabbitMQ instance. Throws where the instance is of another kind: a fault of ours. */
export function rabbitmqScope(part: Part): RabbitmqScope {
  if (part.instance.kind !== 'rabbitmq') throw new Error(`${part.instance.id} is not a RabbitMQ instance`)
  return part.instance.scope
}

export function inVhosts(scope: RabbitmqScope, vhost: string): boolean {
  return 'all' in scope || scope.vhosts.includes(vhost)
}
