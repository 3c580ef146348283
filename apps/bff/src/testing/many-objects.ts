import { createTopicsWithLeaders } from '@weir/devstack'
import type { KafkaTarget, RabbitmqTarget } from '@weir/drivers'
import { type Admin, Kafka, logLevel } from 'kafkajs'

/** Classic queues `many-0`, `many-1` … in a vhost, in one import. They go with the vhost. */
export async function importQueues(target: RabbitmqTarget, vhost: string, count: number): Promise<void> {
  const { management, username, password } = target
  const queues = Array.from({ length: count }, (_, n) => ({
    ...{ name: `many-${n}`, durable: true, auto_delete: false },
    arguments: { 'x-queue-type': 'classic' },
  }))
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const answer = await fetch(`${management[0]}/api/definitions/${vhost}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ queues }),
  })
  if (!answer.ok) throw new Error(`the import answered ${answer.status}: ${await answer.text()}`)
}

const PARTITIONS = 4
/** Kafka makes and deletes many topics slowly. */
const TIMEOUT_MS = 30_000

/** Topics of four partitions, and groups of which each has commits on one of them. */
export class ManyTopics {
  readonly #admin: Admin
  readonly #topics: readonly string[]
  readonly #groups: readonly string[]

  private constructor(admin: Admin, prefix: string, counts: { topics: number; groups: number }) {
    this.#admin = admin
    this.#topics = Array.from({ length: counts.topics }, (_, n) => `${prefix}${n}`)
    this.#groups = Array.from({ length: counts.groups }, (_, n) => `${prefix}${n}`)
  }

  static async make(
    { bootstrap, sasl }: KafkaTarget,
    prefix: string,
    counts: { topics: number; groups: number },
  ): Promise<ManyTopics> {
    const login = sasl && { sasl: sasl as never } // kafkajs wants one literal mechanism; it takes any of ours
    const client = { clientId: 'weir-test', brokers: [...bootstrap], ...login, logLevel: logLevel.NOTHING }
    const admin = new Kafka(client).admin()
    await admin.connect()
    const many = new ManyTopics(admin, prefix, counts)
    const topics = many.#topics.map((topic) => ({ topic, numPartitions: PARTITIONS }))
    await createTopicsWithLeaders(admin, topics, TIMEOUT_MS)
    await many.#commit()
    return many
  }

  async dispose(): Promise<void> {
    await this.#admin.deleteGroups([...this.#groups])
    await this.#admin.deleteTopics({ topics: [...this.#topics], timeout: TIMEOUT_MS })
    await this.#admin.disconnect()
  }

  /** kafkajs joins a group to commit for it, and takes seconds for each topic. */
  async #commit(): Promise<void> {
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset: '0' }))
    const commits = this.#groups.map((groupId, n) =>
      this.#admin.setOffsets({ groupId, topic: this.#topics[n % this.#topics.length] ?? '', partitions }),
    )
    await Promise.all(commits)
  }
}
