import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import amqp from 'amqplib'
import { Kafka, logLevel } from 'kafkajs'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { externalBrokers } from './external-brokers.ts'
import type { KafkaAddress } from './kafka.ts'
import { type MosquittoBroker, startMosquitto } from './mosquitto.ts'
import { findMosquittoPlugin } from './mosquitto-plugin.ts'
import { provisionKafka } from './provision-kafka.ts'
import { provisionMosquitto } from './provision-mosquitto.ts'
import { provisionRabbitmq } from './provision-rabbitmq.ts'
import type { RabbitmqAddress } from './rabbitmq.ts'
import { createRabbitmqApi } from './rabbitmq-api.ts'
import { silent } from './report.ts'
import { createTopicsWithLeaders } from './topics-with-leaders.ts'

/** A tenant that no other run has. */
const tenant = { slug: `t${randomBytes(4).toString('hex')}`, name: 'A tenant', homes: 1, trafficShare: 1 }
const dir = mkdtempSync(join(tmpdir(), 'weir-tenants-'))
afterAll(() => rmSync(dir, { recursive: true }))

const env = process.env
const named = externalBrokers({
  WEIR_RABBITMQ_URL: env.TEST_RABBITMQ_URL,
  WEIR_RABBITMQ_MANAGEMENT_URL: env.TEST_RABBITMQ_MANAGEMENT_URL,
  WEIR_KAFKA_BROKERS: env.TEST_KAFKA_BROKERS,
  WEIR_KAFKA_SASL: env.TEST_KAFKA_SASL,
})
const required = env.REQUIRE_BROKERS === '1'

describe.skipIf(named.rabbitmq === null && !required)('a tenant on RabbitMQ (TEST_RABBITMQ_URL)', () => {
  const at = named.rabbitmq as RabbitmqAddress
  afterAll(async () => {
    const api = createRabbitmqApi(at)
    await api.delete(`/api/vhosts/${tenant.slug}`)
    await api.delete(`/api/users/${tenant.slug}`)
  })

  test('gets into its vhost and into no other, twice set up as well as once', async () => {
    await provisionRabbitmq(dir, at, tenant)
    const { username, password, vhost } = await provisionRabbitmq(dir, at, tenant)
    const server = at.amqp.replace('://', `://${username}:${password}@`)
    const connection = await amqp.connect(`${server}/${vhost}`)
    const channel = await connection.createChannel()
    expect((await channel.assertQueue('', { exclusive: true })).messageCount).toBe(0)
    await connection.close()
    await expect(amqp.connect(`${server}/%2F`)).rejects.toThrow()
  })

  test("shows Weir's administrator its vhost", async () => {
    const rights = await createRabbitmqApi(at).get(`/api/vhosts/${tenant.slug}/permissions`)
    expect(rights).toEqual(
      expect.arrayContaining([expect.objectContaining({ user: at.username, read: '.*', configure: '.*' })]),
    )
  })
})

describe.skipIf(named.kafka === null && !required)('a tenant on Kafka (TEST_KAFKA_BROKERS)', () => {
  test('makes topics and groups under its prefix, and sees and makes nothing else', async () => {
    const at = named.kafka as KafkaAddress
    await provisionKafka(dir, at, tenant)
    const { mechanism, username, password } = await provisionKafka(dir, at, tenant)
    const kafka = new Kafka({
      brokers: at.bootstrap,
      sasl: { mechanism, username, password },
      retry: { retries: 3 },
      logLevel: logLevel.NOTHING,
    })
    const admin = kafka.admin()
    await admin.connect()
    try {
      const topic = `${tenant.slug}.readings`
      await createTopicsWithLeaders(admin, [{ topic, numPartitions: 1 }])
      expect(await admin.listTopics()).toEqual([topic])
      const foreign = admin.createTopics({
        topics: [{ topic: `${tenant.slug}x.readings`, numPartitions: 1 }],
      })
      await expect(foreign).rejects.toThrow()

      const producer = kafka.producer()
      await producer.connect()
      await producer.send({ topic, messages: [{ value: '1' }] })
      await producer.disconnect()
      await admin.setOffsets({
        groupId: `${tenant.slug}.g`,
        topic,
        partitions: [{ partition: 0, offset: '1' }],
      })
      const [committed] = await admin.fetchOffsets({ groupId: `${tenant.slug}.g`, topics: [topic] })
      expect(committed?.partitions[0]?.offset).toBe('1')
      await expect(admin.fetchOffsets({ groupId: 'other.g', topics: [topic] })).rejects.toThrow()
      await admin.deleteTopics({ topics: [topic] })
    } finally {
      await admin.disconnect()
    }
  })
})

// A broker of its own: Weir's account would be in the way of whoever else uses a shared one.
describe.skipIf(findMosquittoPlugin() === null && !required)(
  'a tenant on Mosquitto (package mosquitto)',
  () => {
    let broker: MosquittoBroker
    beforeAll(async () => {
      broker = await startMosquitto({ dir, report: silent })
    })
    afterAll(() => broker.stop())

    test('publishes and subscribes under its prefix alone, and Weir reads $SYS alone', async () => {
      await provisionMosquitto(dir, broker, [tenant])
      const { weir, tenants } = await provisionMosquitto(dir, broker, [tenant])
      const app = tenants[tenant.slug]?.app
      const client = await mqtt.connectAsync(broker.url, { ...app, protocolVersion: 5 })
      const heard: string[] = []
      client.on('message', (topic) => heard.push(topic))
      await client.subscribeAsync(`${tenant.slug}/#`)
      await client.publishAsync(`${tenant.slug}/home/temperature`, '20', { qos: 1 })
      await expect(client.publishAsync('other/home/temperature', '20', { qos: 1 })).rejects.toThrow()
      for (const filter of ['#', 'other/#', '$SYS/#', '$CONTROL/dynamic-security/v1/response']) {
        await expect(client.subscribeAsync(filter)).rejects.toThrow()
      }
      await expect.poll(() => heard).toEqual([`${tenant.slug}/home/temperature`])
      await client.endAsync()

      const reader = await mqtt.connectAsync(broker.url, { ...weir, protocolVersion: 5 })
      await reader.subscribeAsync('$SYS/#')
      await expect(reader.subscribeAsync(`${tenant.slug}/#`)).rejects.toThrow()
      await reader.endAsync()
    })
  },
)
