import type { Brokers, Unavailable } from './brokers.ts'
import { isUnavailable } from './brokers.ts'
import { withCredentials } from './brokers-env.ts'
import { type DemoTenant, demoTenants } from './demo-tenants.ts'
import type { KafkaSasl } from './kafka.ts'
import { provisionKafka } from './provision-kafka.ts'
import { type MqttAccess, type ProvisionedMosquitto, provisionMosquitto } from './provision-mosquitto.ts'
import { provisionRabbitmq } from './provision-rabbitmq.ts'
import type { Report } from './report.ts'

export interface AmqpConnect {
  amqp: string
}
export interface KafkaConnect {
  bootstrap: string[]
  sasl: KafkaSasl
}
export interface MqttConnect {
  url: string
}

/** How a tenant's own applications reach their share, credentials included; `{error}` where that isn't possible. */
export interface TenantAccess {
  rabbitmq: AmqpConnect | Unavailable
  kafka: KafkaConnect | Unavailable
  mqtt: MqttConnect | Unavailable
  /** Users of the tenant's devices. Empty without Mosquitto. */
  mqttDevices: MqttAccess[]
}

export interface Provisioned {
  /** By tenant slug. */
  access: Record<string, TenantAccess>
  /** Weir's own account on Mosquitto; on the other two brokers it is the administrator. */
  weirOnMosquitto: MqttAccess | null
}

/**
 * Sets the demonstration's tenants up on the brokers that are there. Running it again does no harm.
 * A broker that refuses is from then on `{error}` in the answer, for all tenants alike, and the others go on.
 */
export async function provisionTenants(dir: string, brokers: Brokers, report: Report): Promise<Provisioned> {
  const [mosquitto, ...access] = await Promise.all([
    onMosquitto(dir, brokers.mqtt, report),
    ...demoTenants.map(async (tenant) => ({
      rabbitmq: await onRabbitmq(dir, brokers.rabbitmq, tenant, report),
      kafka: await onKafka(dir, brokers.kafka, tenant, report),
    })),
  ])
  const entries = demoTenants.map((tenant, index): [string, TenantAccess] => [
    tenant.slug,
    { ...(access[index] as (typeof access)[number]), ...mqttAccess(tenant, brokers.mqtt, mosquitto) },
  ])
  return {
    access: Object.fromEntries(entries),
    weirOnMosquitto: isUnavailable(mosquitto) ? null : mosquitto.weir,
  }
}

async function onRabbitmq(
  dir: string,
  broker: Brokers['rabbitmq'],
  tenant: DemoTenant,
  report: Report,
): Promise<AmqpConnect | Unavailable> {
  if (isUnavailable(broker)) return broker
  return orError(`RabbitMQ, ${tenant.name}`, report, async () => {
    const user = await provisionRabbitmq(dir, broker, tenant)
    return { amqp: `${withCredentials(broker.amqp, user)}/${encodeURIComponent(user.vhost)}` }
  })
}

async function onKafka(
  dir: string,
  broker: Brokers['kafka'],
  tenant: DemoTenant,
  report: Report,
): Promise<KafkaConnect | Unavailable> {
  if (isUnavailable(broker)) return broker
  return orError(`Kafka, ${tenant.name}`, report, async () => {
    return { bootstrap: broker.bootstrap, sasl: await provisionKafka(dir, broker, tenant) }
  })
}

async function onMosquitto(
  dir: string,
  broker: Brokers['mqtt'],
  report: Report,
): Promise<ProvisionedMosquitto | Unavailable> {
  if (isUnavailable(broker)) return broker
  return orError('Mosquitto', report, () => provisionMosquitto(dir, broker, demoTenants))
}

function mqttAccess(
  tenant: DemoTenant,
  broker: Brokers['mqtt'],
  provisioned: ProvisionedMosquitto | Unavailable,
): Pick<TenantAccess, 'mqtt' | 'mqttDevices'> {
  if (isUnavailable(broker)) return { mqtt: broker, mqttDevices: [] }
  if (isUnavailable(provisioned)) return { mqtt: provisioned, mqttDevices: [] }
  const accounts = provisioned.tenants[tenant.slug]
  if (accounts === undefined) return { mqtt: { error: 'not set up' }, mqttDevices: [] }
  return { mqtt: { url: withCredentials(broker.url, accounts.app) }, mqttDevices: accounts.devices }
}

async function orError<T>(what: string, report: Report, work: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    report(`${what} can't be set up: ${reason}`)
    return { error: reason }
  }
}
