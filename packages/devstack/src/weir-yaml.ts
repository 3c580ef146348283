import { stringify } from 'yaml'
import { type Brokers, isUnavailable } from './brokers.ts'
import { demoTenants, scopesOf } from './demo-tenants.ts'
import type { Provisioned } from './tenants.ts'

/** Names of the demonstration's clusters; a whole-cluster instance has its cluster's slug. */
export const demoClusters = {
  rabbitmq: { slug: 'demo-rabbitmq', name: 'Demo RabbitMQ' },
  kafka: { slug: 'demo-kafka', name: 'Demo Kafka' },
  mqtt: { slug: 'demo-mqtt', name: 'Demo MQTT' },
} as const

/** Names of each tenant's instances. */
export const demoInstances = { rabbitmq: 'alerts', kafka: 'telemetry', mqtt: 'devices' } as const

export const brokerKinds = ['rabbitmq', 'kafka', 'mqtt'] as const
export type BrokerKind = (typeof brokerKinds)[number]

/** The configuration that Weir reads: the demonstration's clusters, tenants and instances. Holds passwords. */
export function weirYaml(brokers: Brokers, provisioned: Provisioned): string {
  return stringify({
    clusters: clusterEntries(brokers, provisioned),
    tenants: demoTenants.map((tenant) => ({
      slug: tenant.slug,
      name: tenant.name,
      instances: brokerKinds.map((kind) => ({
        slug: demoInstances[kind],
        name: demoInstances[kind],
        cluster: demoClusters[kind].slug,
        scope: scopesOf(tenant)[kind],
      })),
    })),
    instances: brokerKinds.map((kind) => ({
      ...demoClusters[kind],
      cluster: demoClusters[kind].slug,
      scope: { all: true },
    })),
  })
}

function clusterEntries(brokers: Brokers, provisioned: Provisioned): object[] {
  const { rabbitmq, kafka, mqtt } = brokers
  const weir = provisioned.weirOnMosquitto
  return [
    {
      ...demoClusters.rabbitmq,
      kind: 'rabbitmq',
      ...(isUnavailable(rabbitmq)
        ? { unavailable: rabbitmq.error }
        : {
            endpoints: {
              amqp: [rabbitmq.amqp],
              management: [rabbitmq.management],
              prometheus: [rabbitmq.prometheus],
            },
            credentials: { username: rabbitmq.username, password: rabbitmq.password },
          }),
    },
    {
      ...demoClusters.kafka,
      kind: 'kafka',
      ...(isUnavailable(kafka)
        ? { unavailable: kafka.error }
        : { endpoints: { bootstrap: kafka.bootstrap }, credentials: kafka.sasl }),
    },
    {
      ...demoClusters.mqtt,
      kind: 'mqtt',
      ...(isUnavailable(mqtt)
        ? { unavailable: mqtt.error }
        : weir === null
          ? { unavailable: 'its accounts could not be set up' }
          : { endpoints: { mqtt: [mqtt.url] }, credentials: weir }),
    },
  ]
}
