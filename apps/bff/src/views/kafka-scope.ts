import type { KafkaScope } from '@weir/contract'
import type { Part } from './view-definition.ts'

/** The share of a Kafka instance. Throws where the instance is of another kind: a fault of ours. */
export function kafkaScope(part: Part): KafkaScope {
  if (part.instance.kind !== 'kafka') throw new Error(`${part.instance.id} is not a Kafka instance`)
  return part.instance.scope
}

export function ownsTopic(scope: KafkaScope, topic: string): boolean {
  return 'all' in scope || topic.startsWith(scope.topicPrefix)
}

export function ownsGroup(scope: KafkaScope, groupId: string): boolean {
  return 'all' in scope || groupId.startsWith(scope.groupPrefix)
}
