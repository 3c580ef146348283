import type { ViewType } from '@weir/contract'
import { kafkaGroup } from './kafka-group.ts'
import { kafkaGroups } from './kafka-groups.ts'
import { kafkaOverview } from './kafka-overview.ts'
import { kafkaTopics } from './kafka-topics.ts'
import { mqttClients } from './mqtt-clients.ts'
import { mqttOverview } from './mqtt-overview.ts'
import { rabbitmqOverview } from './rabbitmq-overview.ts'
import { rabbitmqQueue } from './rabbitmq-queue.ts'
import { rabbitmqQueues } from './rabbitmq-queues.ts'
import { attention, summary } from './summary.ts'
import type { ViewDefinition } from './view-definition.ts'

/** Every view, by its type. */
export const viewDefinitions: Readonly<Record<ViewType, ViewDefinition>> = {
  'rabbitmq.overview': rabbitmqOverview,
  'rabbitmq.queues': rabbitmqQueues,
  'rabbitmq.queue': rabbitmqQueue,
  'kafka.overview': kafkaOverview,
  'kafka.topics': kafkaTopics,
  'kafka.groups': kafkaGroups,
  'kafka.group': kafkaGroup,
  'mqtt.overview': mqttOverview,
  'mqtt.clients': mqttClients,
  tenant: summary,
  fleet: summary,
  attention,
}
