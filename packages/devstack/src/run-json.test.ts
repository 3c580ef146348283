import { expect, test } from 'vitest'
import type { Brokers } from './brokers.ts'
import { runJson } from './run-json.ts'
import type { Provisioned } from './tenants.ts'

const sasl = { mechanism: 'scram-sha-512', username: 'admin', password: 'k' } as const
const tenantSasl = { mechanism: 'scram-sha-512', username: 'aurora', password: 't' } as const

const brokers = {
  rabbitmq: {
    kind: 'rabbitmq',
    amqp: 'amqp://127.0.0.1:1',
    management: 'http://127.0.0.1:2',
    prometheus: 'http://127.0.0.1:3',
    mqtt: 'mqtt://127.0.0.1:4',
    username: 'weir',
    password: 'r',
  },
  kafka: { kind: 'kafka', bootstrap: ['127.0.0.1:5'], sasl },
  mqtt: { error: 'Mosquitto is not installed' },
} as unknown as Brokers

const provisioned: Provisioned = {
  access: {
    aurora: {
      rabbitmq: { amqp: 'amqp://aurora:a@127.0.0.1:1/aurora' },
      kafka: { bootstrap: ['127.0.0.1:5'], sasl: tenantSasl },
      mqtt: { error: 'Mosquitto is not installed' },
      mqttDevices: [],
    },
  },
  weirOnMosquitto: null,
}

const tenants = [{ id: 't1', slug: 'aurora', name: 'Aurora Homes', createdAt: 5 }]
const instances = [
  {
    id: 'i1',
    tenantId: 't1',
    kind: 'rabbitmq',
    name: 'alerts',
    scope: { vhosts: ['aurora'] },
    slug: 'alerts',
  },
  { id: 'i2', tenantId: 't1', kind: 'kafka', name: 'telemetry', scope: { topicPrefix: 'aurora.' } },
  { id: 'i3', tenantId: 't1', kind: 'mqtt', name: 'devices', scope: { topicPrefix: 'aurora/' } },
  { id: 'i4', tenantId: null, kind: 'rabbitmq', name: 'Demo RabbitMQ', scope: { all: true } },
  { id: 'i5', tenantId: null, kind: 'mqtt', name: 'Demo MQTT', scope: { all: true } },
  { id: 'i6', tenantId: 't9', kind: 'kafka', name: 'somebody else', scope: { all: true } },
] as const

const made = runJson('http://127.0.0.1:6', brokers, provisioned, { tenants, instances })

test('brokers are the administrators’ access, and one that could not be had is its reason', () => {
  expect(made.brokers).toEqual({
    rabbitmq: {
      amqp: 'amqp://weir:r@127.0.0.1:1',
      management: 'http://weir:r@127.0.0.1:2',
      prometheus: 'http://127.0.0.1:3',
    },
    kafka: { bootstrap: ['127.0.0.1:5'], sasl },
    mqtt: { error: 'Mosquitto is not installed' },
  })
})

test('an instance of a tenant connects as the tenant', () => {
  expect(made.instances[0]).toEqual({
    id: 'i1',
    tenantId: 't1',
    kind: 'rabbitmq',
    name: 'alerts',
    scope: { vhosts: ['aurora'] },
    connect: { amqp: 'amqp://aurora:a@127.0.0.1:1/aurora' },
  })
  expect(made.instances[1]?.connect).toEqual({ bootstrap: ['127.0.0.1:5'], sasl: tenantSasl })
  expect(made.instances[2]?.connect).toEqual({ error: 'Mosquitto is not installed' })
})

test('a whole cluster connects as its administrator', () => {
  expect(made.instances[3]?.connect).toEqual({ amqp: 'amqp://weir:r@127.0.0.1:1' })
  expect(made.instances[4]?.connect).toEqual({ error: 'Mosquitto is not installed' })
})

test('an instance that the demonstration did not make has no credentials to show', () => {
  expect(made.instances[5]?.connect).toHaveProperty('error')
})

test('tenants have their id, slug and name and nothing else', () => {
  expect(made.tenants).toEqual([{ id: 't1', slug: 'aurora', name: 'Aurora Homes' }])
})
