import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Brokers, isUnavailable } from '../brokers.ts'
import { demoTenants } from '../demo-tenants.ts'
import type { MqttAccess } from '../provision-mosquitto.ts'
import { writePrivateFile } from '../secrets.ts'
import type { KafkaConnect, Provisioned } from '../tenants.ts'

/** One tenant's applications and devices, and how they sign in. A broker that isn't there is null. */
export interface TenantPlan {
  slug: string
  homes: number
  trafficShare: number
  amqp: string | null
  kafka: KafkaConnect | null
  mqtt: { url: string; users: MqttAccess[] } | null
}

/** What the traffic's process needs to know; handed over in a file, since it holds passwords. */
export function writeTrafficPlan(dir: string, brokers: Brokers, provisioned: Provisioned): void {
  const plan: TenantPlan[] = demoTenants.flatMap((tenant) => {
    const access = provisioned.access[tenant.slug]
    if (access === undefined) return []
    const { slug, homes, trafficShare } = tenant
    return {
      slug,
      homes,
      trafficShare,
      amqp: 'error' in access.rabbitmq ? null : access.rabbitmq.amqp,
      kafka: 'error' in access.kafka ? null : access.kafka,
      mqtt:
        isUnavailable(brokers.mqtt) || isUnavailable(access.mqtt)
          ? null
          : { url: brokers.mqtt.url, users: access.mqttDevices },
    }
  })
  writePrivateFile(planFile(dir), `${JSON.stringify(plan, null, 2)}\n`)
}

export function readTrafficPlan(dir: string): TenantPlan[] {
  return JSON.parse(readFileSync(planFile(dir), 'utf8'))
}

function planFile(dir: string): string {
  return join(dir, 'traffic.json')
}
