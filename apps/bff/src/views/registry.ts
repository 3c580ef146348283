import type { ViewType } from '@weir/contract'
import { rabbitmqOverview } from './rabbitmq-overview.ts'
import { rabbitmqQueue } from './rabbitmq-queue.ts'
import { rabbitmqQueues } from './rabbitmq-queues.ts'
import { attention, summary } from './summary.ts'
import type { ViewDefinition } from './view-definition.ts'

/** Every view that is built, by its type. */
export const viewDefinitions: Partial<Record<ViewType, ViewDefinition>> = {
  'rabbitmq.overview': rabbitmqOverview,
  'rabbitmq.queues': rabbitmqQueues,
  'rabbitmq.queue': rabbitmqQueue,
  tenant: summary,
  fleet: summary,
  attention,
}
