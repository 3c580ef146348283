import { createTopicsWithLeaders } from '@weir/devstack'
import type { KafkaTarget } from '@weir/drivers'
import { type Admin, type Consumer, Kafka, logLevel } from 'kafkajs'

/** A test's own topics and groups on a real Kafka, by kafkajs. */
export class KafkaCorner {
  readonly kafka: Kafka
  readonly #admin: Admin
  readonly #topics = new Set<string>()
  readonly #groups = new Set<string>()
  readonly #consumers: Consumer[] = []

  private constructor(kafka: Kafka) {
    this.kafka = kafka
    this.#admin = kafka.admin()
  }

  /** `clientId`: what the broker calls its consumers. */
  static async open({ bootstrap, sasl }: KafkaTarget, clientId = 'weir-test'): Promise<KafkaCorner> {
    const login = sasl && { sasl: sasl as never } // kafkajs wants one literal mechanism; it takes any of ours
    const corner = new KafkaCorner(
      new Kafka({ clientId, brokers: [...bootstrap], ...login, logLevel: logLevel.NOTHING }),
    )
    await corner.#admin.connect()
    return corner
  }

  /** Made and led, with `records` in each partition. */
  async topic(topic: string, partitions: number, records: number): Promise<void> {
    await createTopicsWithLeaders(this.#admin, [{ topic, numPartitions: partitions }])
    this.#topics.add(topic)
    // Idempotent: a retry after half an answer would otherwise write some records twice.
    const producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
    await producer.connect()
    const messages = Array.from({ length: partitions * records }, (_, index) => ({
      value: String(index),
      partition: index % partitions,
    }))
    await producer.send({ topic, messages, acks: -1 })
    await producer.disconnect()
  }

  /** Commits for a group without members; by partition. */
  async commit(groupId: string, topic: string, offsets: readonly number[]): Promise<void> {
    const partitions = offsets.map((offset, partition) => ({ partition, offset: String(offset) }))
    await this.#admin.setOffsets({ groupId, topic, partitions })
    this.#groups.add(groupId)
  }

  /** What the broker itself says is committed, by partition. */
  async committed(groupId: string, topic: string): Promise<string[]> {
    const [told] = await this.#admin.fetchOffsets({ groupId, topics: [topic] })
    return [...(told?.partitions ?? [])].sort((a, b) => a.partition - b.partition).map(({ offset }) => offset)
  }

  /** A member of the group, from when it is in until `dispose`. */
  async join(groupId: string, topic: string): Promise<Consumer> {
    const consumer = this.kafka.consumer({ groupId })
    this.#consumers.push(consumer)
    this.#groups.add(groupId)
    const joined = new Promise((resolve) => consumer.on('consumer.group_join', resolve))
    await consumer.connect()
    await consumer.subscribe({ topic })
    await consumer.run({ autoCommit: false, eachMessage: async () => {} })
    await joined
    return consumer
  }

  async has(topic: string): Promise<boolean> {
    return (await this.#admin.listTopics()).includes(topic)
  }

  /** A topic that somebody else made is deleted with the others. */
  adopt(topic: string): void {
    this.#topics.add(topic)
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.disconnect()))
    await this.#admin.deleteGroups([...this.#groups]).catch(() => {}) // gone already, or still being left
    const there = new Set(await this.#admin.listTopics())
    await this.#admin.deleteTopics({ topics: [...this.#topics].filter((topic) => there.has(topic)) })
    await this.#admin.disconnect()
  }
}
