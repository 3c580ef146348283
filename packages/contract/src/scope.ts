import { z } from 'zod'

export const BrokerKind = z.enum(['rabbitmq', 'kafka', 'mqtt'])
export type BrokerKind = z.infer<typeof BrokerKind>

/** The whole cluster: a dedicated broker, or an operator's own view of a shared one. */
export const WholeCluster = z.strictObject({ all: z.literal(true) })

/** A prefix ends in a delimiter, so that `acme` never matches `acme2…`. */
const Prefix = z.string().regex(/^.+[^\p{L}\p{N}]$/u, 'must end in a delimiter such as "." or "/"')

export const RabbitmqScope = z.union([
  WholeCluster,
  z.strictObject({ vhosts: z.array(z.string().min(1)).min(1) }),
])
export const KafkaScope = z.union([
  WholeCluster,
  z.strictObject({ topicPrefix: Prefix, groupPrefix: Prefix }),
])
export const MqttScope = z.union([
  WholeCluster,
  z.strictObject({ topicPrefix: Prefix, usernamePrefix: Prefix }),
])

export type RabbitmqScope = z.infer<typeof RabbitmqScope>
export type KafkaScope = z.infer<typeof KafkaScope>
export type MqttScope = z.infer<typeof MqttScope>

export interface ScopeOf {
  rabbitmq: RabbitmqScope
  kafka: KafkaScope
  mqtt: MqttScope
}

export const scopeSchemas = { rabbitmq: RabbitmqScope, kafka: KafkaScope, mqtt: MqttScope } as const
