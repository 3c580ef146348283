/** A demonstration customer: which share of each broker is theirs, and how many homes they have. */
export interface DemoTenant {
  slug: string
  name: string
  /** Homes whose hubs connect to the MQTT broker, each with a user of its own. */
  homes: number
  /** Part of the whole traffic that is theirs. */
  trafficShare: number
}

export const demoTenants: readonly DemoTenant[] = [
  { slug: 'aurora', name: 'Aurora Homes', homes: 12, trafficShare: 0.75 },
  { slug: 'borealis', name: 'Borealis Living', homes: 5, trafficShare: 0.25 },
]

export interface RabbitmqScope {
  vhosts: string[]
}
export interface KafkaScope {
  topicPrefix: string
  groupPrefix: string
}
export interface MqttScope {
  topicPrefix: string
  usernamePrefix: string
}
export interface WholeCluster {
  all: true
}

/** The tenant's share of each kind of cluster. Every prefix ends in a character that no tenant's slug has. */
export function scopesOf(tenant: Pick<DemoTenant, 'slug'>): {
  rabbitmq: RabbitmqScope
  kafka: KafkaScope
  mqtt: MqttScope
} {
  const { slug } = tenant
  return {
    rabbitmq: { vhosts: [slug] },
    kafka: { topicPrefix: `${slug}.`, groupPrefix: `${slug}.` },
    mqtt: { topicPrefix: `${slug}/`, usernamePrefix: `${slug}-` },
  }
}

export function homeNames(tenant: Pick<DemoTenant, 'homes'>): string[] {
  return Array.from({ length: tenant.homes }, (_, index) => `home-${String(index + 1).padStart(2, '0')}`)
}

/** The users of the tenant's MQTT devices: one per home, one for the gateway, one for the devices that flap. */
export function mqttDeviceUsers(tenant: DemoTenant): string[] {
  return [...homeNames(tenant), 'gateway', 'thermostat'].map((device) => `${tenant.slug}-${device}`)
}
