import { type ITopicConfig, Kafka, logLevel, type Producer } from 'kafkajs'
import type { KafkaConnect } from './run-json.ts'
import { uniqueName } from './unique-name.ts'

/** A topic of the test's own, and a client of it that isn't ours. */
export interface TestTopic {
  readonly topic: string
  /** Resolves once all replicas in sync have them. */
  produce(count: number, timestamp?: number): Promise<void>
  /** Commits the start of every partition for a group that nobody reads with. */
  commitStart(groupId: string): Promise<void>
  /** Deletes the topic and the groups. */
  dispose(): Promise<void>
}

const PARTITIONS = 3

export async function makeTopic(connect: KafkaConnect, prefix: string): Promise<TestTopic> {
  const kafka = new Kafka({
    brokers: [...connect.bootstrap],
    sasl: { ...connect.sasl },
    logLevel: logLevel.NOTHING,
    retry: { retries: 3 },
  })
  const topic = `${prefix}${uniqueName('e2e')}`
  const admin = kafka.admin()
  await admin.connect()
  const config: ITopicConfig = { topic, numPartitions: PARTITIONS, replicationFactor: 1 }
  await admin.createTopics({ topics: [config], waitForLeaders: true })
  const producer: Producer = kafka.producer()
  await producer.connect()
  const groups: string[] = []
  return {
    topic,
    async produce(count, timestamp) {
      const stamp = timestamp === undefined ? {} : { timestamp: String(timestamp) }
      const messages = Array.from({ length: count }, (_, n) => ({
        ...{ value: `${n}`, partition: n % PARTITIONS },
        ...stamp,
      }))
      await producer.send({ topic, acks: -1, messages })
    },
    async commitStart(groupId) {
      groups.push(groupId)
      const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset: '0' }))
      await admin.setOffsets({ groupId, topic, partitions })
    },
    async dispose() {
      await producer.disconnect()
      if (groups.length > 0) await admin.deleteGroups(groups)
      await admin.deleteTopics({ topics: [topic] })
      await admin.disconnect()
    },
  }
}
