import { createTopicsWithLeaders, type KafkaBroker } from '@weir/devstack'
import { Kafka, logLevel } from 'kafkajs'
import { commitStarts } from '../commit-starts.ts'

const PARTITIONS = 4
const TOPICS_AT_ONCE = 100
const TOPICS_PER_GROUP = 5

function clientOf({ bootstrap, sasl }: KafkaBroker): Kafka {
  return new Kafka({ brokers: bootstrap, sasl: { ...sasl }, logLevel: logLevel.NOTHING })
}

/** Topics of four partitions, and groups with commits on five of them each. */
export async function makeTopics(broker: KafkaBroker, topics: number, groups: number): Promise<void> {
  const admin = clientOf(broker).admin()
  await admin.connect()
  const names = namesOf(topics)
  for (let from = 0; from < topics; from += TOPICS_AT_ONCE) {
    const some = names.slice(from, from + TOPICS_AT_ONCE)
    await createTopicsWithLeaders(
      admin,
      some.map((topic) => ({ topic, numPartitions: PARTITIONS })),
    )
  }
  await admin.disconnect()
  await commitStarts(broker, groupsOn(names, groups), PARTITIONS)
}

/** A record a second to each of `changing` topics, another `changing` each second. Answers how to stop. */
export async function trickleRecords(
  broker: KafkaBroker,
  topics: number,
  changing: number,
): Promise<() => Promise<void>> {
  const producer = clientOf(broker).producer()
  await producer.connect()
  const names = namesOf(topics)
  let next = 0
  const timer = setInterval(() => {
    const some = Array.from({ length: Math.min(changing, topics) }, () => names[next++ % topics] ?? '')
    const topicMessages = some.map((topic) => ({ topic, messages: [{ value: 'x' }] }))
    // A broker that is busy gets the next ones instead.
    producer.sendBatch({ acks: -1, topicMessages }).catch(() => {})
  }, 1_000)
  return async () => {
    clearInterval(timer)
    await producer.disconnect()
  }
}

function namesOf(topics: number): string[] {
  return Array.from({ length: topics }, (_, n) => `scale-topic-${n}`)
}

function groupsOn(topics: readonly string[], groups: number): ReadonlyMap<string, readonly string[]> {
  const shareOf = (group: number) =>
    Array.from(
      { length: TOPICS_PER_GROUP },
      (_, n) => topics[(group * TOPICS_PER_GROUP + n) % topics.length] ?? '',
    )
  return new Map(Array.from({ length: groups }, (_, group) => [`scale-group-${group}`, shareOf(group)]))
}
