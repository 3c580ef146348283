import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnAges, fixedDemand, kafkaAges, readingWhere } from '../testing/index.ts'
import { createKafkaDriver, type KafkaDriver } from './kafka-driver.ts'
import { KafkaTestKit } from './test-kit.ts'

const often = () => fixedDemand({ cadenceMs: 100 })
const soon = () => AbortSignal.timeout(10_000)

describeOnAges('kafka changes', kafkaAges(), (target) => {
  let kit: KafkaTestKit
  let driver: KafkaDriver

  beforeAll(() => {
    kit = new KafkaTestKit(target)
    driver = createKafkaDriver(target, async (host) => host)
  })
  afterAll(async () => {
    await driver.close()
    await kit.dispose()
  })

  describe('createTopic', () => {
    const wanted = (topic: string) => ({
      topic,
      partitions: 3,
      replicationFactor: 1,
      configs: { 'retention.ms': '60000' },
      validateOnly: false,
    })

    it('makes a topic that is led and known when it returns', async () => {
      const topic = kit.name('made')
      kit.onDispose(() => kit.deleteTopic(topic))
      await driver.createTopic({ ...wanted(topic), validateOnly: true }, soon())
      await driver.createTopic(wanted(topic), soon())
      const { data } = await readingWhere(driver, 'kafka.metadata', often(), () => true)
      expect(data.topics.get(topic)).toMatchObject({ retentionMs: 60_000 })
      expect(data.topics.get(topic)?.partitions.map(({ leader }) => leader)).toEqual([1, 1, 1])
    })

    it('makes nothing where it only asks', async () => {
      const topic = kit.name('asked')
      await driver.createTopic({ ...wanted(topic), validateOnly: true }, soon())
      const { data } = await readingWhere(driver, 'kafka.metadata', often(), () => true)
      expect(data.topics.has(topic)).toBe(false)
    })

    it("says why not in the broker's own words", async () => {
      const topic = await kit.createTopic()
      const refused = (change: object) => driver.createTopic({ ...wanted(topic), ...change }, soon())
      await expect(refused({})).rejects.toMatchObject({
        code: 'BROKER_REJECTED',
        reason: expect.stringContaining('already exists'),
      })
      await expect(refused({ topic: `${topic}.2`, replicationFactor: 5 })).rejects.toMatchObject({
        reason: expect.stringMatching(/replica/i),
      })
      const badConfig = { topic: `${topic}.3`, configs: { 'retention.ms': 'for ever' } }
      await expect(refused(badConfig)).rejects.toMatchObject({
        reason: expect.stringContaining('retention.ms'),
      })
      await expect(refused({ topic: 'no spaces please' })).rejects.toMatchObject({ code: 'BROKER_REJECTED' })
    })
  })

  describe('offset reset', () => {
    it('plans within the log, from where the commits are, and commits what is asked', async () => {
      const topic = await kit.createTopic({ partitions: 2 })
      const groupId = kit.name('group')
      const start = Date.now() - 3_600_000
      const messages = Array.from({ length: 100 }, (_, i) => ({
        value: String(i),
        partition: 0,
        timestamp: String(start + i * 1_000),
      }))
      await kit.produce(topic, messages)
      await kit.deleteRecords(topic, 0, 10)
      await kit.commit(groupId, topic, [50n])
      const plan = async (to: Parameters<KafkaDriver['planOffsetReset']>[0]['to']) => {
        const { partitions, members } = await driver.planOffsetReset({ groupId, topic, to }, soon())
        expect(members).toBe(0)
        return partitions.map(({ from, to }) => [from, to])
      }
      expect(await plan({ type: 'earliest' })).toEqual([
        [50n, 10n],
        [null, 0n],
      ])
      expect(await plan({ type: 'latest' })).toEqual([
        [50n, 100n],
        [null, 0n],
      ])
      expect((await plan({ type: 'time', at: start + 30_500 }))[0]).toEqual([50n, 31n])
      expect((await plan({ type: 'time', at: Date.now() + 60_000 }))[0]).toEqual([50n, 100n])
      expect((await plan({ type: 'offset', offset: '5' }))[0]).toEqual([50n, 10n])
      expect((await plan({ type: 'offset', offset: '500' }))[0]).toEqual([50n, 100n])
      expect((await plan({ type: 'shift', by: -15 }))[0]).toEqual([50n, 35n])

      await driver.commitOffsets({ groupId, topic, offsets: [{ partition: 0, offset: 35n }] }, soon())
      const { data } = await readingWhere(driver, 'kafka.commits', often(), ({ data }) => data.has(groupId))
      expect(data.get(groupId)).toEqual([{ topic, partition: 0, committedOffset: 35n }])
    })

    it('leaves a group with members alone, and counts them', async () => {
      const topic = await kit.createTopic()
      const groupId = kit.name('group')
      kit.deleteAtLast(groupId)
      const consumer = kit.kafka.consumer({ groupId })
      await consumer.connect()
      await consumer.subscribe({ topic })
      await consumer.run({ eachMessage: async () => {} })
      await readingWhere(driver, 'kafka.groups', often(), ({ data }) => data.get(groupId)?.state === 'Stable')
      const { members } = await driver.planOffsetReset({ groupId, topic, to: { type: 'earliest' } }, soon())
      expect(members).toBe(1)
      const commit = driver.commitOffsets({ groupId, topic, offsets: [{ partition: 0, offset: 0n }] }, soon())
      await expect(commit).rejects.toMatchObject({
        code: 'BROKER_REJECTED',
        reason: expect.stringContaining('1 active member'),
      })
      await consumer.disconnect()
    })

    it('makes no group by the way, and knows no topic that is not there', async () => {
      const topic = await kit.createTopic()
      const groupId = kit.name('group')
      const commit = driver.commitOffsets({ groupId, topic, offsets: [{ partition: 0, offset: 0n }] }, soon())
      await expect(commit).rejects.toMatchObject({ code: 'BROKER_NOT_FOUND' })
      await kit.commit(groupId, topic, [0n])
      const plan = driver.planOffsetReset(
        { groupId, topic: kit.name('none'), to: { type: 'latest' } },
        soon(),
      )
      await expect(plan).rejects.toMatchObject({ code: 'BROKER_NOT_FOUND' })
      const gone = driver.commitOffsets({ groupId, topic, offsets: [{ partition: 7, offset: 0n }] }, soon())
      await expect(gone).rejects.toMatchObject({ code: 'BROKER_NOT_FOUND' })
    })
  })
})
