import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDriver, type KafkaDriver } from '@weir/drivers'
import { fixedDemand, readingWhere, waitFor } from '@weir/drivers/testing'
import { type Admin, Kafka, logLevel, type Producer } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type KafkaCluster, type KafkaNode, startKafkaCluster } from './kafka-cluster.ts'
import { isJavaBarred } from './other-ages.ts'
import { findProgram } from './programs.ts'
import { silent } from './report.ts'
import { LagLog } from './testing/lag-log.ts'

const isAway = isJavaBarred() || (findProgram('java') === null && process.env.REQUIRE_BROKERS !== '1')
const minuteMs = 60_000
const everySecond = fixedDemand({ cadenceMs: 1_000 })
/** Partition n of both topics is on node n + 1: alone there, or with copies on the other two. */
const alone = 'alone'
const shared = 'shared'
/** One on each partition of the offsets topic, so that each node coordinates some. */
const groupIds = [0, 1, 2, 3, 4, 5].map((number) => `readers-${number}`)
const committed = 10

describe.skipIf(isAway)('Kafka on three nodes (packages default-jre-headless, maven)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'weir-kafka-faults-'))
  let cluster: KafkaCluster
  let admin: Admin
  let producer: Producer
  let driver: KafkaDriver
  let log: LagLog
  /** Records sent to each partition of `alone`, and acknowledged or about to be. */
  const sent = [0, 0, 0]

  beforeAll(async () => {
    cluster = await startKafkaCluster({ dir, report: silent })
    const { bootstrap: brokers, sasl } = cluster
    const kafka = new Kafka({ brokers, sasl, logLevel: logLevel.NOTHING })
    admin = kafka.admin()
    producer = kafka.producer({ retry: { retries: 10 } })
    await Promise.all([admin.connect(), producer.connect()])
    const copies = [
      [1, 2, 3],
      [2, 3, 1],
      [3, 1, 2],
    ]
    await admin.createTopics({
      topics: [topicOn(alone, [[1], [2], [3]]), topicOn(shared, copies)],
      waitForLeaders: false, // kafkajs may ask a node that hasn't heard of them yet, and gives up then
    })
    driver = kafkaDriver(cluster)
    await readingWhere(driver, 'kafka.metadata', everySecond, ({ data }) =>
      [alone, shared].every((topic) =>
        data.topics.get(topic)?.partitions.every(({ leader }) => leader !== null),
      ),
    )
    await Promise.all([0, 1, 2].map((partition) => send(partition, 100)))
    await Promise.all(groupIds.map(commit))
    log = new LagLog(driver, { topic: alone, groupIds, committed: BigInt(committed), sent })
    const isAllTold = () => log.isComplete() && log.hasAllCommits() && log.ends().join() === '100,100,100'
    await log.until('all offsets and commits', isAllTold, 20_000)
  })

  afterAll(async () => {
    await log?.stop()
    await driver?.close()
    await Promise.all([admin, producer].map((client) => client?.disconnect().catch(() => {}))) // some nodes are gone
    await Promise.all(cluster?.nodes.map((node) => node.kill()) ?? [])
    rmSync(dir, { recursive: true, force: true })
  }, minuteMs)

  /** Tried again while the new cluster is still making its topic of commits. */
  async function commit(groupId: string): Promise<void> {
    const partitions = [0, 1, 2].map((partition) => ({ partition, offset: `${committed}` }))
    const commits = () => admin.setOffsets({ groupId, topic: alone, partitions }).then(() => true)
    await waitFor(`commits of ${groupId}`, commits, { withinMs: 60_000 })
  }

  /** Acknowledged when it returns. */
  async function send(partition: number, count: number): Promise<void> {
    sent[partition] = (sent[partition] ?? 0) + count
    const messages = Array.from({ length: count }, (_, index) => ({ value: `${index}`, partition }))
    await producer.send({ topic: alone, messages })
  }

  test(
    'one that is killed keeps its last offsets, and the others go on',
    async () => {
      // The one that leads the quorum: it takes the controller with it.
      const leading = await controller()
      const node = cluster.nodes.find(({ id }) => id === leading) as KafkaNode
      await outlive(node, {
        harm: () => node.kill(),
        heal: () => node.start(),
        note: new RegExp(`broker ${node.id} cannot be reached`),
      })
    },
    3 * minuteMs,
  )

  test(
    'one that hangs keeps its last offsets, and the others go on',
    async () => {
      const leading = await controller()
      const node = cluster.nodes.find(({ id }) => id !== leading) as KafkaNode
      await outlive(node, {
        harm: async () => node.pause(),
        heal: async () => node.resume(),
        note: new RegExp(`broker ${node.id} (is slow to|does not) answer`),
      })
    },
    3 * minuteMs,
  )

  interface Fault {
    harm(): Promise<void>
    heal(): Promise<void>
    /** What the readings say between the fault and the fence. */
    note: RegExp
  }

  async function outlive(node: KafkaNode, { harm, heal, note }: Fault): Promise<void> {
    const own = node.id - 1
    const others = [0, 1, 2].filter((partition) => partition !== own)
    const before = log.ends()
    await harm()
    const harmedAt = Date.now()
    await log.until(`${note}`, () => note.test(log.note()), 6_000)
    await Promise.all(others.map((partition) => send(partition, 10)))
    const ends = before.map((end, partition) => (partition === own ? end : (end ?? 0n) + 10n))
    await log.until(`ends of ${ends}`, () => log.ends().join() === ends.join(), 3_000)
    expect(log.observedAt(own)).toBeLessThan(harmedAt + 100)

    // The fence: the cluster gives the node up, and what was on it alone is led by nobody.
    const fenced = [1, 2, 3].map((id) => (id === node.id ? null : id)).join()
    await log.until(`leaders ${fenced}`, () => log.leaders(alone).join() === fenced, 45_000)
    expect(log.metadata()?.brokers.find(({ id }) => id === node.id)?.reachable ?? false).toBe(false)
    await log.until('the copies to lead', () => isLedWithout(node), 20_000)
    await log.until('the leaderless one told', () => log.note().includes('without a leader'), 5_000)
    expect(log.ends().join()).toBe(ends.join())
    expect(log.observedAt(own)).toBeLessThan(harmedAt + 100)
    const longest = log.longestGapMs(others, harmedAt)
    console.info(`node ${node.id}: the others came every ${Math.round(longest)} ms at the slowest`)
    // Once, at the fault, a tick waits 0.7 s for the node's commits, and as long again for its ends.
    expect(longest).toBeLessThan(4_000)

    await heal()
    await log.until('everything again', () => log.isComplete(), 60_000)
    await send(own, 5)
    await log.until('its new end', () => log.ends()[own] === (ends[own] ?? 0n) + 5n, 5_000)
    expect(log.wrong).toEqual([])
  }

  /** What has copies is led by one of the others, who count it out. */
  function isLedWithout({ id }: KafkaNode): boolean {
    const partitions = log.metadata()?.topics.get(shared)?.partitions ?? []
    const isWithout = partitions.every(
      ({ leader, isr }) => leader !== null && leader !== id && !isr.includes(id),
    )
    return isWithout && partitions.length === 3
  }

  /** The one that leads the quorum; asked of the cluster anew. */
  async function controller(): Promise<number | null> {
    return (await readingWhere(driver, 'kafka.metadata', everySecond, () => true)).data.controllerId
  }
})

function topicOn(topic: string, replicas: readonly number[][]) {
  return { topic, replicaAssignment: replicas.map((replicas, partition) => ({ partition, replicas })) }
}

function kafkaDriver({ bootstrap, sasl }: KafkaCluster): KafkaDriver {
  const driver = createDriver({ kind: 'kafka', bootstrap, sasl, tls: null }, async (host) => host)
  if (driver.kind !== 'kafka') throw new Error('another driver was made')
  return driver
}
