import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Brokers, isUnavailable, type Unavailable } from './brokers.ts'
import { withCredentials } from './brokers-env.ts'
import { writePrivateFile } from './secrets.ts'
import type { AmqpConnect, KafkaConnect, MqttConnect, Provisioned } from './tenants.ts'
import type { BrokerKind } from './weir-yaml.ts'

/** `<dir>/run.json`: where everything is while it runs, for scripts. Credentials are inside. */
export interface RunJson {
  url: string
  /** The administrators' access. */
  brokers: {
    rabbitmq: { amqp: string; management: string; prometheus: string } | Unavailable
    kafka: KafkaConnect | Unavailable
    mqtt: MqttConnect | Unavailable
  }
  tenants: RunTenant[]
  instances: RunInstance[]
}

export interface RunTenant {
  id: string
  slug: string
  name: string
}

export interface RunInstance {
  id: string
  /** Null for a whole cluster, whose `connect` is the administrators'. */
  tenantId: string | null
  kind: BrokerKind
  name: string
  scope: unknown
  connect: AmqpConnect | KafkaConnect | MqttConnect | Unavailable
}

/** What Weir answers about its instances, as far as we read it. */
export type ListedInstance = Omit<RunInstance, 'connect'>

export function runJson(
  url: string,
  brokers: Brokers,
  provisioned: Provisioned,
  listed: { tenants: readonly RunTenant[]; instances: readonly ListedInstance[] },
): RunJson {
  const administrators = administratorsAccess(brokers)
  const slugs = new Map(listed.tenants.map((tenant) => [tenant.id, tenant.slug]))
  const connectOf = ({ tenantId, kind }: ListedInstance): RunInstance['connect'] => {
    if (tenantId === null)
      return kind === 'rabbitmq' ? amqpOnly(administrators.rabbitmq) : administrators[kind]
    return (
      provisioned.access[slugs.get(tenantId) ?? '']?.[kind] ?? { error: 'not set up by the demonstration' }
    )
  }
  return {
    url,
    brokers: administrators,
    tenants: listed.tenants.map(({ id, slug, name }) => ({ id, slug, name })),
    instances: listed.instances.map((instance) => ({
      id: instance.id,
      tenantId: instance.tenantId,
      kind: instance.kind,
      name: instance.name,
      scope: instance.scope,
      connect: connectOf(instance),
    })),
  }
}

export function runJsonFile(dir: string): string {
  return join(dir, 'run.json')
}

export function writeRunJson(dir: string, content: RunJson): void {
  writePrivateFile(runJsonFile(dir), `${JSON.stringify(content, null, 2)}\n`)
}

export function removeRunJson(dir: string): void {
  rmSync(runJsonFile(dir), { force: true })
}

export function administratorsAccess(brokers: Brokers): RunJson['brokers'] {
  const { rabbitmq, kafka, mqtt } = brokers
  return {
    rabbitmq: isUnavailable(rabbitmq)
      ? { error: rabbitmq.error }
      : {
          amqp: withCredentials(rabbitmq.amqp, rabbitmq),
          management: withCredentials(rabbitmq.management, rabbitmq),
          prometheus: rabbitmq.prometheus,
        },
    kafka: isUnavailable(kafka) ? { error: kafka.error } : { bootstrap: kafka.bootstrap, sasl: kafka.sasl },
    mqtt: isUnavailable(mqtt) ? { error: mqtt.error } : { url: withCredentials(mqtt.url, mqtt) },
  }
}

function amqpOnly(access: RunJson['brokers']['rabbitmq']): AmqpConnect | Unavailable {
  return isUnavailable(access) ? access : { amqp: access.amqp }
}
