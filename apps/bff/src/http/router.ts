import { implement, ORPCError } from '@orpc/server'
import { contract, ErrorCode } from '@weir/contract'
import { allows } from '../access/policy.ts'
import { visibleInstances, visibleTenants } from '../access/visible.ts'
import { previewOffsetReset, resetOffsets } from './changes/kafka-offsets.ts'
import { createTopic } from './changes/kafka-topics.ts'
import { disableMqttUser, enableMqttUser, listMqttUsers } from './changes/mqtt-users.ts'
import { purgeQueue } from './changes/purge-queue.ts'
import { instanceFor } from './instance-access.ts'
import type { RequestContext } from './request-context.ts'

/** How long a broker may take over telling what it can do. */
const CAPABILITIES_MS = 5_000

const os = implement(contract).$context<RequestContext>()

/** The one place where a procedure's policy is enforced. Silence means refused. */
const policed = os.use(async ({ context, procedure, next }) => {
  if (!allows(context.actor, procedure['~orpc'].meta.policy)) {
    throw new ORPCError(ErrorCode.forbidden, { status: 403, message: 'not allowed' })
  }
  return next()
})

export const router = policed.router({
  tenants: {
    list: policed.tenants.list.handler(({ context }) => [
      ...visibleTenants(context.actor, context.inventory),
    ]),
  },
  instances: {
    list: policed.instances.list.handler(({ context }) => [
      ...visibleInstances(context.actor, context.inventory),
    ]),
    capabilities: policed.instances.capabilities.handler(async ({ context, input }) => {
      const { clusterId } = instanceFor(context, input.instanceId)
      const driver = context.drivers.of(clusterId)
      return driver?.capabilities(AbortSignal.timeout(CAPABILITIES_MS)) ?? { version: null, features: {} }
    }),
  },
  clusters: {
    list: policed.clusters.list.handler(({ context }) =>
      context.inventory.clusters.map(({ target: _target, ...cluster }) => cluster),
    ),
  },
  audit: {
    list: policed.audit.list.handler(({ context, input }) => {
      const visible = visibleInstances(context.actor, context.inventory).map(({ id }) => id)
      const wanted =
        input.instanceId === undefined ? visible : visible.filter((id) => id === input.instanceId)
      return context.audit.list(wanted, input.pageSize)
    }),
  },
  kafka: {
    createTopic: policed.kafka.createTopic.handler(({ context, input }) => createTopic(context, input)),
    previewOffsetReset: policed.kafka.previewOffsetReset.handler(({ context, input }) =>
      previewOffsetReset(context, input),
    ),
    resetOffsets: policed.kafka.resetOffsets.handler(({ context, input }) => resetOffsets(context, input)),
  },
  mqtt: {
    users: policed.mqtt.users.handler(({ context, input }) => listMqttUsers(context, input)),
    disableUser: policed.mqtt.disableUser.handler(({ context, input }) => disableMqttUser(context, input)),
    enableUser: policed.mqtt.enableUser.handler(({ context, input }) => enableMqttUser(context, input)),
  },
  rabbitmq: {
    purgeQueue: policed.rabbitmq.purgeQueue.handler(({ context, input }) => purgeQueue(context, input)),
  },
})
