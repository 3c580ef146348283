import { randomUUID } from 'node:crypto'
import { Admin, createAPI, ResponseError, Writer } from '@platformatic/kafka'
import { CompressionTypes, Kafka, logLevel } from 'kafkajs'
import type { KafkaTarget } from '../driver.ts'
import { BrokerConnection } from './broker-connection.ts'

/** Makes known things on a test cluster with clients other than the driver, and removes them. */
export class KafkaTestKit {
  readonly kafka: Kafka
  readonly #target: KafkaTarget
  readonly #admin: Admin
  readonly #undo: (() => Promise<unknown>)[] = []

  constructor(target: KafkaTarget) {
    this.#target = target
    const { sasl, bootstrap } = target
    if (sasl === null) throw new Error('the tests sign in')
    const { mechanism, username, password } = sasl
    this.kafka = new Kafka({
      brokers: [...bootstrap],
      sasl: { mechanism, username, password } as never, // kafkajs wants one literal mechanism; it takes any of ours
      logLevel: logLevel.NOTHING,
    })
    this.#admin = new Admin({
      clientId: 'weir-test',
      bootstrapBrokers: [...bootstrap],
      sasl: {
        mechanism: mechanism === 'scram-sha-256' ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512',
        username,
        password,
      },
    })
  }

  /** A name that nobody else uses. */
  name(kind: string): string {
    return `weir-test.${kind}.${randomUUID().slice(0, 8)}`
  }

  /** Led, when it returns. */
  async createTopic(options: { topic?: string; partitions?: number; configs?: Record<string, string> } = {}) {
    const topic = options.topic ?? this.name('topic')
    const admin = this.kafka.admin()
    await admin.connect()
    const configEntries = Object.entries(options.configs ?? {}).map(([name, value]) => ({ name, value }))
    await admin.createTopics({
      topics: [{ topic, numPartitions: options.partitions ?? 1, replicationFactor: 1, configEntries }],
      waitForLeaders: true,
    })
    await admin.disconnect()
    this.onDispose(() => this.deleteTopic(topic))
    return topic
  }

  async deleteTopic(topic: string): Promise<void> {
    await this.#withAdmin((admin) => admin.deleteTopics({ topics: [topic] }))
  }

  /** Records before `offset` are gone. */
  async deleteRecords(topic: string, partition: number, offset: number): Promise<void> {
    await this.#withAdmin(async (admin) => {
      await admin.fetchTopicOffsets(topic) // it finds the leader only of topics it has met before
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] })
    })
  }

  /**
   * Acknowledged by all in-sync replicas, when it returns. By a producer of its own: one that lives on asks for every
   * topic it ever met, and fails for all of them when one was deleted.
   */
  async produce(
    topic: string,
    messages: readonly { value: string; partition?: number; timestamp?: string }[],
    compression = CompressionTypes.None,
  ): Promise<void> {
    const producer = this.kafka.producer()
    await producer.connect()
    try {
      await producer.send({ topic, messages: [...messages], acks: -1, compression })
    } finally {
      await producer.disconnect()
    }
  }

  /** Commits for a group that has no members. */
  async commit(groupId: string, topic: string, offsets: readonly bigint[]): Promise<void> {
    const partitionOffsets = offsets.map((offset, partition) => ({ partition, offset }))
    await this.#admin.alterConsumerGroupOffsets({ groupId, topics: [{ name: topic, partitionOffsets }] })
    this.deleteAtLast(groupId)
  }

  /** Of a group that consumers made: it stays when they have left. */
  deleteAtLast(groupId: string): void {
    this.onDispose(() => this.#admin.deleteGroups({ groups: [groupId] }))
  }

  /** Joins a share group as a member that only says it is there. */
  async joinShareGroup(groupId: string, topic: string): Promise<void> {
    const [host = '', port = ''] = this.#target.bootstrap[0]?.split(':') ?? []
    const connection = new BrokerConnection(this.#target, async (host) => host, { host, port: Number(port) })
    const memberId = randomUUID()
    const say = (epoch: number) =>
      connection.call('ShareGroupHeartbeat', [shareGroupHeartbeatV1], groupId, memberId, epoch, topic)
    await say(JOIN)
    this.deleteAtLast(groupId)
    this.onDispose(async () => {
      await say(LEAVE)
      connection.close()
    })
  }

  onDispose(undo: () => Promise<unknown>): void {
    this.#undo.push(undo)
  }

  async dispose(): Promise<void> {
    for (const undo of this.#undo.reverse()) await undo().catch(() => {}) // gone already, or still in use by another
    await this.#admin.close()
  }

  async #withAdmin(work: (admin: ReturnType<Kafka['admin']>) => Promise<unknown>): Promise<void> {
    const admin = this.kafka.admin()
    await admin.connect()
    try {
      await work(admin)
    } finally {
      await admin.disconnect()
    }
  }
}

/** Member epochs that say so. */
const [JOIN, LEAVE] = [0, -1]

/** A member's first or last heartbeat. Only its error code is read. */
const shareGroupHeartbeatV1 = createAPI<
  [groupId: string, memberId: string, epoch: number, topic: string],
  { errorCode: number }
>(
  76,
  1,
  (groupId: string, memberId: string, epoch: number, topic: string) =>
    Writer.create()
      .appendString(groupId)
      .appendString(memberId)
      .appendInt32(epoch)
      .appendString(null)
      .appendArray([topic], (w, name) => w.appendString(name), true, false)
      .appendTaggedFields(),
  (_correlationId, apiKey, apiVersion, reader) => {
    reader.readInt32()
    const errorCode = reader.readInt16()
    const message = reader.readNullableString()
    if (errorCode !== 0) throw new ResponseError(apiKey, apiVersion, { '/': [errorCode, message] }, null)
    return { errorCode }
  },
)
