import { createTopicsWithLeaders } from '@weir/devstack'
import { type Consumer, type ITopicConfig, Kafka, logLevel, type Producer } from 'kafkajs'
import type { KafkaConnect } from './run-json.ts'
import { uniqueName } from './unique-name.ts'

/** A topic of the test's own, and a client of it that isn't ours. */
export interface TestTopic {
  readonly topic: string
  /** Resolves once all replicas in sync have them. */
  produce(count: number, timestamp?: number): Promise<void>
  /** Commits the start of every partition for a group that nobody reads with. */
  commitStart(groupId: string): Promise<void>
  /** Commits one offset on every partition for a group that nobody reads with. */
  commit(groupId: string, offset: string): Promise<void>
  /** The group's commits by partition; `-1` where there is none. */
  committed(groupId: string): Promise<readonly string[]>
  /** Reads with the group, as its one member; answers how to leave it. */
  join(groupId: string): Promise<() => Promise<void>>
  /** Deletes the topic and the groups. */
  dispose(): Promise<void>
}

const PARTITIONS = 3
/** Kafka's own number for a topic among the things that have settings; kafkajs names it in its types alone. */
const TOPIC_RESOURCE = 2

export async function makeTopic(connect: KafkaConnect, prefix: string): Promise<TestTopic> {
  const kafka = clientOf(connect)
  const topic = `${prefix}${uniqueName('e2e')}`
  const admin = kafka.admin()
  await admin.connect()
  const config: ITopicConfig = { topic, numPartitions: PARTITIONS, replicationFactor: 1 }
  await createTopicsWithLeaders(admin, [config])
  // Idempotent: a retry after half an answer would otherwise write some records twice, and the numbers be wrong.
  const producer: Producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  const groups = new Set<string>()
  const consumers: Consumer[] = []
  async function commit(groupId: string, offset: string): Promise<void> {
    groups.add(groupId)
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset }))
    await admin.setOffsets({ groupId, topic, partitions })
  }
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
    commitStart: (groupId) => commit(groupId, '0'),
    commit,
    async committed(groupId) {
      const [found] = await admin.fetchOffsets({ groupId, topics: [topic] })
      const rows = found?.partitions.toSorted((a, b) => a.partition - b.partition) ?? []
      return rows.map(({ offset }) => offset)
    },
    async join(groupId) {
      const consumer = kafka.consumer({ groupId, retry: { retries: 3 } })
      consumers.push(consumer)
      await consumer.connect()
      await consumer.subscribe({ topic })
      await consumer.run({ autoCommitInterval: 200, eachMessage: async () => {} })
      return () => consumer.disconnect()
    },
    async dispose() {
      // A group with members can't be deleted; leaving twice does no harm.
      await Promise.all([producer.disconnect(), ...consumers.map((consumer) => consumer.disconnect())])
      if (groups.size > 0) await admin.deleteGroups([...groups])
      await admin.deleteTopics({ topics: [topic] })
      await admin.disconnect()
    },
  }
}

function clientOf(connect: KafkaConnect): Kafka {
  return new Kafka({
    brokers: [...connect.bootstrap],
    sasl: { ...connect.sasl },
    logLevel: logLevel.NOTHING,
    retry: { retries: 3 },
  })
}

/** The broker's own word on topics that a test had made by somebody else. */
export async function connectAdmin(connect: KafkaConnect) {
  const admin = clientOf(connect).admin()
  await admin.connect()
  return {
    listTopics: () => admin.listTopics(),
    async partitionsAndRetention(topic: string) {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
      const asked = { type: TOPIC_RESOURCE, name: topic, configNames: ['retention.ms'] }
      const { resources } = await admin.describeConfigs({ resources: [asked], includeSynonyms: false })
      return {
        partitions: topics[0]?.partitions.length,
        retentionMs: resources[0]?.configEntries[0]?.configValue,
      }
    },
    /** Deletes those that are there, and disconnects. */
    async dispose(topics: readonly string[]) {
      const there = await admin.listTopics()
      const left = topics.filter((topic) => there.includes(topic))
      if (left.length > 0) await admin.deleteTopics({ topics: left })
      await admin.disconnect()
    },
  }
}
