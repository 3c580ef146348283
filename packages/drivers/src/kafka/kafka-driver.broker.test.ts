import { Consumer, connectionsApiChannel } from '@platformatic/kafka'
import { CompressionTypes } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { KafkaTarget, Reading } from '../driver.ts'
import {
  createDemand,
  describeDriver,
  describeOnAges,
  fixedDemand,
  kafkaAges,
  readingWhere,
  startSilentServer,
  waitFor,
  within,
} from '../testing/index.ts'
import { createKafkaDriver, type KafkaDriver } from './kafka-driver.ts'
import type { KafkaPartitionOffsets, KafkaReadings } from './readings.ts'
import { hasFeature } from './test-features.ts'
import { KafkaTestKit } from './test-kit.ts'

const anywhere = async (host: string) => host
const often = (keys: string[] = []) => fixedDemand({ cadenceMs: 100, keys })

describeOnAges('kafka', kafkaAges(), (target, { age, release }) => {
  describeDriver(`kafka${age}`, async () => {
    const kit = new KafkaTestKit(target)
    const topic = await kit.createTopic()
    const groupId = kit.name('group')
    await kit.commit(groupId, topic, [0n])
    return {
      sources: [
        { source: 'kafka.metadata' },
        { source: 'kafka.offsets' },
        { source: 'kafka.commits' },
        { source: 'kafka.groups' },
        { source: 'kafka.group', wanted: { keys: [groupId] } },
      ],
      release,
      secrets: target.sasl ? [target.sasl.password] : [],
      connect: () => createKafkaDriver(target, anywhere),
      connectWith: (fault) =>
        'password' in fault
          ? createKafkaDriver({ ...target, sasl: target.sasl && { ...target.sasl, ...fault } }, anywhere)
          : createKafkaDriver({ ...target, bootstrap: [`${fault.host}:${fault.port}`] }, anywhere),
      dispose: () => kit.dispose(),
    }
  })

  describe('kafka driver', () => {
    let kit: KafkaTestKit
    let driver: KafkaDriver

    beforeAll(() => {
      kit = new KafkaTestKit(target)
      driver = createKafkaDriver(target, anywhere)
    })
    afterAll(async () => {
      await driver.close()
      await kit.dispose()
    })

    it('shows 1,000 records as exactly 1,000 more at the end and 1,000 more of lag, within 1.5 s of their ack', async () => {
      const topic = await kit.createTopic({ partitions: 3 })
      const groupId = kit.name('group')
      await kit.produce(topic, records(30))
      await kit.commit(groupId, topic, [0n, 0n, 0n])
      const lag = watchLag(driver)
      await lag.until(() => lag.of(groupId, topic) === 30)
      expect(lag.end(topic)).toBe(30)

      await kit.produce(topic, records(1_000))
      const ackedAt = Date.now()
      await lag.until(() => lag.end(topic) !== 30)
      // A reading taken amid the sending may have shown part of it; the first one begun after the ack has it all.
      await lag.until(() => lag.observedAt() > ackedAt + 250)
      expect(lag.end(topic)).toBe(1_030)
      expect(lag.of(groupId, topic)).toBe(1_030)
      expect(Date.now() - ackedAt).toBeLessThan(1_500)
      await lag.stop()
    })

    it('never shows a lag below what a moving group has, however fast it commits', async () => {
      const topic = await kit.createTopic()
      const groupId = kit.name('group')
      await kit.commit(groupId, topic, [0n])
      const lag = watchLag(driver)
      const raw: bigint[] = []
      lag.onTick(() => {
        const committed = lag.committed(groupId, topic, 0)
        const end = lag.partition(topic, 0)?.logEndOffset
        if (committed !== undefined && end !== null && end !== undefined) raw.push(end - committed)
      })
      for (let sent = 10; sent <= 300; sent += 10) {
        await kit.produce(topic, records(10))
        await kit.commit(groupId, topic, [BigInt(sent)])
      }
      await lag.until(() => lag.committed(groupId, topic, 0) === 300n && raw.length > 3)
      expect(raw.filter((difference) => difference < 0n)).toEqual([])
      await lag.stop()
    })

    it('shows a classic group, its member and the partitions it was given', async () => {
      const topic = await kit.createTopic({ partitions: 2 })
      const groupId = kit.name('group')
      kit.deleteAtLast(groupId)
      const consumer = kit.kafka.consumer({ groupId })
      await consumer.connect()
      await consumer.subscribe({ topic })
      await consumer.run({ eachMessage: async () => {} })
      const { data } = await readingWhere(
        driver,
        'kafka.groups',
        often(),
        ({ data }) => data.get(groupId)?.members === 1 && data.get(groupId)?.state === 'Stable',
      )
      expect(data.get(groupId)).toEqual({
        groupId,
        protocol: 'classic',
        state: 'Stable',
        members: 1,
        brokerLag: null,
      })
      const detail = await readingWhere(driver, 'kafka.group', often([groupId]), ({ data }) =>
        data.has(groupId),
      )
      const [member] = detail.data.get(groupId)?.members ?? []
      expect(member).toMatchObject({ clientId: 'kafkajs', host: '127.0.0.1' })
      expect(member?.assignments.map(({ partition }) => partition).sort()).toEqual([0, 1])

      await consumer.disconnect()
      const left = await readingWhere(
        driver,
        'kafka.groups',
        often(),
        ({ data }) => data.get(groupId)?.state === 'Empty' || !data.has(groupId),
      )
      expect(left.data.get(groupId)?.members ?? 0).toBe(0)
    })

    it('shows a group of the new protocol, its member and the partitions it was given', async () => {
      const topic = await kit.createTopic({ partitions: 2 })
      const groupId = kit.name('group')
      kit.deleteAtLast(groupId)
      const consumer = newProtocolConsumer(target, groupId)
      const consuming = consumer.consume({ topics: [topic], mode: 'earliest' })
      if (!(await hasFeature(driver, 'consumerGroupProtocol', release))) {
        await expect(consuming).rejects.toThrow()
        return consumer.close(true)
      }
      const stream = await consuming
      const { data } = await readingWhere(
        driver,
        'kafka.groups',
        often(),
        ({ data }) => data.get(groupId)?.members === 1 && data.get(groupId)?.state === 'Stable',
      )
      expect(data.get(groupId)?.protocol).toBe('consumer')
      const detail = await readingWhere(
        driver,
        'kafka.group',
        often([groupId]),
        ({ data }) => data.get(groupId)?.members[0]?.assignments.length === 2,
      )
      const [member] = detail.data.get(groupId)?.members ?? []
      expect(member).toMatchObject({ clientId: 'weir-test-848', host: '127.0.0.1' })
      expect(member?.assignments.every((assignment) => assignment.topic === topic)).toBe(true)
      await stream.close()
      await consumer.close(true)
    })

    it('shows a share group as one, with its members, and no lag before it was started on', async () => {
      const topic = await kit.createTopic()
      const groupId = kit.name('share')
      const joining = kit.joinShareGroup(groupId, topic)
      if (!(await hasFeature(driver, 'shareGroups', release))) return expect(joining).rejects.toThrow()
      await joining
      const { data } = await readingWhere(
        driver,
        'kafka.groups',
        often(),
        ({ data }) => data.get(groupId)?.members === 1,
      )
      expect(data.get(groupId)).toMatchObject({ protocol: 'share', members: 1, brokerLag: null })
    })

    it('takes a topic made anew for another one, without a phantom lag', async () => {
      const topic = await kit.createTopic()
      const groupId = kit.name('group')
      await kit.produce(topic, records(100))
      await kit.commit(groupId, topic, [40n])
      const lag = watchLag(driver)
      await lag.until(() => lag.of(groupId, topic) === 60)
      const before = lag.topicId(topic)
      const lags: (number | null)[] = []
      lag.onTick(() => lags.push(lag.of(groupId, topic)))

      await kit.deleteTopic(topic)
      await waitFor('the topic made anew', async () => (await kit.createTopic({ topic })) === topic)
      await lag.until(() => lag.topicId(topic) !== before && lag.topicId(topic) !== undefined)
      await lag.until(() => lag.end(topic) === 0)
      await kit.produce(topic, records(5))
      await lag.until(() => lag.end(topic) === 5)
      expect(Math.max(...lags.map((value) => value ?? 0))).toBeLessThanOrEqual(60)
      await lag.until(() => lag.of(groupId, topic) === null)
      await lag.stop()
    })

    it('follows the log start when records are deleted', async () => {
      const topic = await kit.createTopic()
      const groupId = kit.name('group')
      await kit.produce(topic, records(100))
      await kit.commit(groupId, topic, [10n])
      const lag = watchLag(driver)
      await lag.until(() => lag.of(groupId, topic) === 90)
      await kit.deleteRecords(topic, 0, 60)
      await lag.until(() => lag.partition(topic, 0)?.logStartOffset === 60n, 15_000)
      expect(lag.of(groupId, topic)).toBe(40)
      expect(lag.end(topic)).toBe(100)
      await lag.stop()
    })

    it('counts a commit beyond the end as nothing to read', async () => {
      const topic = await kit.createTopic()
      const groupId = kit.name('group')
      await kit.commit(groupId, topic, [70n])
      const lag = watchLag(driver)
      await lag.until(() => lag.committed(groupId, topic, 0) === 70n && lag.end(topic) === 0)
      expect(lag.of(groupId, topic)).toBe(0)
      await lag.stop()
    })

    it('tells the time of the record at the commit, also amid a compressed batch', async () => {
      for (const compression of [CompressionTypes.None, CompressionTypes.GZIP]) {
        const topic = await kit.createTopic()
        const groupId = kit.name('group')
        const hourAgo = Date.now() - 3_600_000
        const messages = records(50).map((message, i) => ({
          ...message,
          timestamp: String(hourAgo + i * 60_000),
        }))
        await kit.produce(topic, messages, compression)
        await kit.commit(groupId, topic, [17n])
        const { data } = await readingWhere(
          driver,
          'kafka.group',
          often([groupId]),
          ({ data }) => data.get(groupId)?.recordAt.has(`${topic}-0`) ?? false,
        )
        expect(data.get(groupId)?.recordAt.get(`${topic}-0`)).toBe(hourAgo + 17 * 60_000)

        await kit.commit(groupId, topic, [50n])
        const read = await readingWhere(
          driver,
          'kafka.group',
          often([groupId]),
          ({ data }) => data.get(groupId)?.recordAt.size === 0,
        )
        expect(read.data.get(groupId)?.markersTo.size).toBe(0)
      }
    })

    it('takes the time the broker stamped, where the topic says so', async () => {
      const topic = await kit.createTopic({ configs: { 'message.timestamp.type': 'LogAppendTime' } })
      const groupId = kit.name('group')
      const sentAt = Date.now()
      await kit.produce(topic, [{ value: 'late', timestamp: String(sentAt - 3_600_000) }])
      await kit.commit(groupId, topic, [0n])
      const { data } = await readingWhere(
        driver,
        'kafka.group',
        often([groupId]),
        ({ data }) => data.get(groupId)?.recordAt.has(`${topic}-0`) ?? false,
      )
      const at = data.get(groupId)?.recordAt.get(`${topic}-0`) ?? 0
      expect(Math.abs(at - sentAt)).toBeLessThan(1_000)
    })

    it('reads past batches larger than its share of a fetch', async () => {
      const topic = await kit.createTopic({ partitions: 4 })
      const groupId = kit.name('group')
      const at = Date.now() - 60_000
      for (const partition of [0, 1, 2, 3]) {
        await kit.produce(
          topic,
          records(100).map(() => ({
            value: 'x'.repeat(2_000),
            partition,
            timestamp: String(at + partition),
          })),
        )
      }
      await kit.commit(groupId, topic, [0n, 0n, 0n, 0n])
      const { data } = await readingWhere(
        driver,
        'kafka.group',
        often([groupId]),
        ({ data }) => data.get(groupId)?.recordAt.size === 4,
      )
      expect([...(data.get(groupId)?.recordAt ?? [])].sort()).toEqual(
        [0, 1, 2, 3].map((partition) => [`${topic}-${partition}`, at + partition]),
      )
    })

    it('knows that a group which read a whole transactional topic has caught up, whatever its offsets say', async () => {
      const topic = await kit.createTopic()
      const groupId = kit.name('group')
      const producer = kit.kafka.producer({ transactionalId: kit.name('txn'), maxInFlightRequests: 1 })
      await producer.connect()
      const transaction = await producer.transaction()
      await transaction.send({ topic, messages: records(10) })
      await transaction.commit()
      await producer.disconnect()
      await kit.commit(groupId, topic, [10n])
      const lag = watchLag(driver)
      await lag.until(() => lag.of(groupId, topic) === 1)
      // In the list, too, once it has stood there for a while.
      await lag.until(() => lag.markersTo(groupId, topic, 0) === 11n, 15_000)
      const { data } = await readingWhere(
        driver,
        'kafka.group',
        often([groupId]),
        ({ data }) => data.get(groupId)?.markersTo.has(`${topic}-0`) ?? false,
      )
      expect(data.get(groupId)?.markersTo.get(`${topic}-0`)).toBe(11n)
      expect(data.get(groupId)?.recordAt.size).toBe(0)
      await lag.stop()
    })

    it('tells what a topic is set to, its size, and a new topic before its time', async () => {
      const demand = createDemand({ cadenceMs: 600_000 })
      const stop = new AbortController()
      const watch = driver.watch('kafka.metadata', demand, stop.signal)[Symbol.asyncIterator]()
      await within(5_000, 'a first reading', watch.next())
      const topic = await kit.createTopic({ partitions: 2, configs: { 'retention.ms': '7200000' } })
      await kit.produce(topic, records(10))
      // What polls offsets finds it; the watch is told without asking for it.
      const lag = watchLag(driver)
      let told: KafkaReadings['kafka.metadata'] | undefined
      while (!told?.topics.has(topic)) told = (await within(10_000, 'the new topic', watch.next())).value.data
      await lag.stop()
      expect(told.topics.get(topic)).toMatchObject({
        retentionMs: 7_200_000,
        cleanupPolicy: 'delete',
        internal: false,
      })
      expect(told.topics.get(topic)?.partitions).toHaveLength(2)
      expect(told.controllerId).toBe(1)
      expect(told.brokers).toMatchObject([{ id: 1, reachable: true }])
      stop.abort()

      const fresh = createKafkaDriver(target, anywhere)
      const { data } = await readingWhere(fresh, 'kafka.metadata', often(), ({ data }) =>
        data.topics.has(topic),
      )
      expect(data.topics.get(topic)?.sizeBytes).toBeGreaterThan(100)
      expect(data.brokers[0]?.sizeBytes).toBeGreaterThan(100)
      await fresh.close()
    })

    it('asks a broker at most three times a tick for all offsets and commits', async () => {
      const own = createKafkaDriver(target, anywhere)
      const lag = watchLag(own, 200)
      await lag.until(() => lag.ticks() >= 1)
      const asked = new Map<number, number>()
      const count = (message: unknown) => {
        const { apiKey } = message as { apiKey: number }
        asked.set(apiKey, (asked.get(apiKey) ?? 0) + 1)
      }
      const before = lag.ticks()
      connectionsApiChannel.start.subscribe(count)
      await lag.until(() => lag.ticks() >= before + 20, 20_000)
      connectionsApiChannel.start.unsubscribe(count)
      const ticks = lag.ticks() - before
      await lag.stop()
      await own.close()
      const total = [...asked.values()].reduce((sum, times) => sum + times, 0)
      expect(total).toBeLessThanOrEqual(3 * ticks)
      // One ListOffsets for the ends in each tick, and one for the starts in each ten seconds.
      expect(asked.get(2)).toBeLessThanOrEqual(ticks + 2)
      expect(asked.get(9)).toBeLessThanOrEqual(ticks + 1)
    })

    it('connects where addressOf says, anew for each connection', async () => {
      const asked: string[] = []
      const [first = ''] = target.bootstrap
      const renamed = createKafkaDriver(
        { ...target, bootstrap: [first.replace('127.0.0.1', 'kafka.invalid')] },
        async (host) => {
          asked.push(host)
          return '127.0.0.1'
        },
      )
      await readingWhere(renamed, 'kafka.offsets', often(), () => true)
      expect(new Set(asked)).toEqual(new Set(['kafka.invalid', '127.0.0.1']))
      await renamed.close()
    })

    it('says within 2.5 s that a broker hangs, and not that the password is wrong', async () => {
      const silent = await startSilentServer()
      const frozen = createKafkaDriver({ ...target, bootstrap: [`${silent.host}:${silent.port}`] }, anywhere)
      const reading = readingWhere(frozen, 'kafka.offsets', often(), () => true)
      await expect(within(2_500, 'an error', reading)).rejects.toMatchObject({ code: 'BROKER_TIMEOUT' })
      await frozen.close()
      await silent.close()
    })
  })
})

function records(count: number): { value: string }[] {
  return Array.from({ length: count }, (_, i) => ({ value: `record ${i}` }))
}

/** The rule, written out once more: what is left from the commit, or from the log's start where that is later. */
function lagOf(committed: bigint, { logStartOffset, logEndOffset }: KafkaPartitionOffsets): number {
  const from = [committed, logStartOffset ?? 0n].reduce((a, b) => (a > b ? a : b))
  return Math.max(0, Number((logEndOffset ?? 0n) - from))
}

function newProtocolConsumer(target: KafkaTarget, groupId: string) {
  const { sasl } = target
  if (sasl === null) throw new Error('the tests sign in')
  return new Consumer({
    clientId: 'weir-test-848',
    groupId,
    groupProtocol: 'consumer',
    bootstrapBrokers: [...target.bootstrap],
    sasl: { mechanism: 'SCRAM-SHA-512', username: sasl.username, password: sasl.password },
  })
}

/** The newest commits and offsets, and what they amount to. */
function watchLag(driver: KafkaDriver, cadenceMs = 100) {
  const stop = new AbortController()
  let commits: Reading<KafkaReadings['kafka.commits']> | undefined
  let offsets: Reading<KafkaReadings['kafka.offsets']> | undefined
  let ticks = 0
  let onTick = () => {}
  const demand = fixedDemand({ cadenceMs })
  const watching = Promise.all([
    (async () => {
      for await (const reading of driver.watch('kafka.commits', demand, stop.signal)) commits = reading
    })(),
    (async () => {
      for await (const reading of driver.watch('kafka.offsets', demand, stop.signal)) {
        offsets = reading
        ticks += 1
        // As the hub does: both readings of a tick have come before anybody looks.
        setTimeout(onTick)
      }
    })(),
  ])
  onTestFinished(() => stop.abort())
  const partition = (topic: string, number: number) => offsets?.data.get(topic)?.partitions[number]
  return {
    of(groupId: string, topic: string): number | null {
      const own = commits?.data.get(groupId)?.filter((commit) => commit.topic === topic) ?? []
      if (own.length === 0) return null
      return own.reduce((sum, commit) => {
        const log = partition(topic, commit.partition)
        return sum + ((log && lagOf(commit.committedOffset, log)) ?? 0)
      }, 0)
    },
    end(topic: string): number | undefined {
      return offsets?.data
        .get(topic)
        ?.partitions.reduce((sum, { logEndOffset }) => sum + Number(logEndOffset ?? -1), 0)
    },
    markersTo: (groupId: string, topic: string, number: number) =>
      commits?.data.get(groupId)?.find((commit) => commit.topic === topic && commit.partition === number)
        ?.markersTo,
    committed: (groupId: string, topic: string, number: number) =>
      commits?.data.get(groupId)?.find((commit) => commit.topic === topic && commit.partition === number)
        ?.committedOffset,
    partition,
    topicId: (topic: string) => offsets?.data.get(topic)?.topicId,
    observedAt: () => offsets?.observedAt ?? 0,
    ticks: () => ticks,
    onTick(listener: () => void) {
      onTick = listener
    },
    until: (isIt: () => boolean, withinMs = 10_000) => waitFor('the wanted lag', isIt, { withinMs }),
    async stop() {
      stop.abort()
      await watching
    },
  }
}
