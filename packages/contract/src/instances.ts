import { z } from 'zod'
import { BrokerKind, KafkaScope, MqttScope, RabbitmqScope } from './scope.ts'

export const Tenant = z.object({ id: z.string(), slug: z.string(), name: z.string() })
export type Tenant = z.infer<typeof Tenant>

const common = {
  id: z.string(),
  /** `null`: a whole cluster, for operators. */
  tenantId: z.string().nullable(),
  slug: z.string(),
  name: z.string(),
  clusterId: z.string(),
  clusterName: z.string(),
}

/** A tenant's share of one cluster. `scope` says which share and is never absent. */
export const Instance = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('rabbitmq'), scope: RabbitmqScope }),
  z.object({ ...common, kind: z.literal('kafka'), scope: KafkaScope }),
  z.object({ ...common, kind: z.literal('mqtt'), scope: MqttScope }),
])
export type Instance = z.infer<typeof Instance>

export const Cluster = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  kind: BrokerKind,
  /** Why there is no broker behind it, in the operator's words; `null` where there is one. */
  unavailable: z.string().nullable(),
})
export type Cluster = z.infer<typeof Cluster>
