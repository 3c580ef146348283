import { Consumer } from '@platformatic/kafka'
import type { ResetTo } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnAges, fixedDemand, kafkaAges, readingWhere, waitFor } from '../testing/index.ts'
import { createKafkaDriver, type KafkaDriver } from './kafka-driver.ts'
import { hasFeature } from './test-features.ts'
import { KafkaTestKit } from './test-kit.ts'

const often = () => fixedDemand({ cadenceMs: 100 })
const soon = () => AbortSignal.timeout(10_000)
/** Record i of a partition is of second i after this. */
const START = Date.UTC(2026, 0, 1)
const EACH = 500

describeOnAges('offset reset of Kafka', kafkaAges(), (target, { release }) => {
  let kit: KafkaTestKit
  let driver: KafkaDriver
  /** 1,000 records in 2 partitions; the first 100 of partition 1 are deleted. */
  let topic: string

  const reset = (groupId: string, to: ResetTo) => driver.planOffsetReset({ groupId, topic, to }, soon())
  const commit = (groupId: string, offsets: readonly [number, bigint][], on = topic, signal = soon()) => {
    const wanted = offsets.map(([partition, offset]) => ({ partition, offset }))
    return driver.commitOffsets({ groupId, topic: on, offsets: wanted }, signal)
  }
  const committed = async (groupId: string) => [
    ...(await driver.committedOffsets({ groupId, topic }, soon())).entries(),
  ]

  beforeAll(async () => {
    kit = new KafkaTestKit(target)
    driver = createKafkaDriver(target, async (host) => host)
    topic = await kit.createTopic({ partitions: 2, configs: { 'retention.ms': '-1' } })
    const messages = Array.from({ length: 2 * EACH }, (_, index) => ({
      value: `${index}`,
      partition: index % 2,
      timestamp: `${START + Math.floor(index / 2) * 1_000}`,
    }))
    await kit.produce(topic, messages)
    await kit.deleteRecords(topic, 1, 100)
  })
  afterAll(async () => {
    await driver.close()
    await kit.dispose()
  })

  describe('a plan', () => {
    let groupId: string
    beforeAll(async () => {
      groupId = kit.name('group')
      await kit.commit(groupId, topic, [200n])
    })

    it.each<[string, ResetTo, bigint, bigint]>([
      ['earliest: where the log begins', { type: 'earliest' }, 0n, 100n],
      ['latest: what the next record gets', { type: 'latest' }, 500n, 500n],
      ['a time: the record of that moment', { type: 'time', at: START + 300_000 }, 300n, 300n],
      ['a time between two records: the later one', { type: 'time', at: START + 300_001 }, 301n, 301n],
      ['a time before all: where the log begins', { type: 'time', at: 0 }, 0n, 100n],
      ['a time after all: the end', { type: 'time', at: START + 500_000 }, 500n, 500n],
      ['an offset within the log', { type: 'offset', offset: '250' }, 250n, 250n],
      ['an offset before the log: its start', { type: 'offset', offset: '50' }, 50n, 100n],
      ['an offset beyond every end', { type: 'offset', offset: '99999999999999999999' }, 500n, 500n],
      ['a shift ahead, from the start without a commit', { type: 'shift', by: 30 }, 230n, 130n],
      ['a shift back', { type: 'shift', by: -30 }, 170n, 100n],
      ['a shift back too far', { type: 'shift', by: -300 }, 0n, 100n],
      ['a shift ahead too far', { type: 'shift', by: 5_000 }, 500n, 500n],
    ])('%s', async (_what, to, first, second) => {
      expect(await reset(groupId, to)).toEqual({
        members: 0,
        state: 'Empty',
        partitions: [
          { partition: 0, from: 200n, to: first },
          { partition: 1, from: null, to: second },
        ],
      })
    })

    it('changes nothing', async () => {
      await reset(groupId, { type: 'latest' })
      expect(await committed(groupId)).toEqual([[0, 200n]])
    })
  })

  it('commits what a plan showed, and the lag is what it made it', async () => {
    const groupId = kit.name('group')
    await kit.commit(groupId, topic, [500n, 500n])
    const { partitions } = await reset(groupId, { type: 'time', at: START + 400_000 })
    await commit(
      groupId,
      partitions.map(({ partition, to }) => [partition, to]),
    )
    expect(await committed(groupId)).toEqual([
      [0, 400n],
      [1, 400n],
    ])
    const { data } = await readingWhere(driver, 'kafka.commits', often(), ({ data }) => data.has(groupId))
    const inOrder = [...(data.get(groupId) ?? [])].sort((a, b) => a.partition - b.partition)
    expect(inOrder).toEqual([
      { topic, partition: 0, committedOffset: 400n },
      { topic, partition: 1, committedOffset: 400n },
    ])
    const offsets = await readingWhere(driver, 'kafka.offsets', often(), ({ data }) => data.has(topic))
    const ends = offsets.data.get(topic)?.partitions.map(({ logEndOffset }) => logEndOffset) ?? []
    expect(ends.map((end) => (end ?? 0n) - 400n)).toEqual([100n, 100n])
  })

  it('commits nothing where one of the partitions is not there', async () => {
    const groupId = kit.name('group')
    await kit.commit(groupId, topic, [7n])
    const refused = commit(groupId, [
      [0, 100n],
      [2, 100n],
    ])
    await expect(refused).rejects.toMatchObject({ code: 'BROKER_NOT_FOUND' })
    await expect(commit(groupId, [[0, 2n ** 63n]])).rejects.toMatchObject({ code: 'BROKER_REJECTED' })
    await expect(commit(groupId, [[0, 1n]], kit.name('none'))).rejects.toMatchObject({
      code: 'BROKER_NOT_FOUND',
    })
    expect(await committed(groupId)).toEqual([[0, 7n]])
  })

  it('commits nothing once its signal has aborted', async () => {
    const groupId = kit.name('group')
    await kit.commit(groupId, topic, [7n])
    await expect(commit(groupId, [[0, 100n]], topic, AbortSignal.abort('enough'))).rejects.toBe('enough')
    // A later operation by the same connections: whatever the aborted one still sent would have come before.
    await reset(groupId, { type: 'latest' })
    expect(await committed(groupId)).toEqual([[0, 7n]])
  })

  it('leaves a group of the new protocol alone while it has a member, and resets it after', async () => {
    const groupId = kit.name('group')
    const consumer = newProtocolConsumer(groupId)
    kit.deleteAtLast(groupId)
    const consuming = consumer.consume({ topics: [topic], autocommit: false })
    if (!(await hasFeature(driver, 'consumerGroupProtocol', release))) {
      await expect(consuming).rejects.toThrow()
      return consumer.close()
    }
    const messages = await consuming
    messages.on('error', () => {})
    const plan = await waitFor('the member', async () => {
      const plan = await reset(groupId, { type: 'earliest' })
      return plan.members === 1 && plan.state === 'Stable' && plan
    })
    expect(plan.partitions.map(({ to }) => to)).toEqual([0n, 100n])
    await expect(commit(groupId, [[0, 5n]])).rejects.toMatchObject({
      code: 'BROKER_REJECTED',
      reason: expect.stringContaining('1 active member'),
    })
    await messages.close()
    await consumer.close()
    await waitFor('the member to leave', async () => (await reset(groupId, { type: 'latest' })).members === 0)
    await commit(groupId, [[0, 5n]])
    expect(await committed(groupId)).toEqual([[0, 5n]])
  })

  it('says of a share group that it has no commits', async () => {
    const groupId = kit.name('share')
    const joining = kit.joinShareGroup(groupId, topic)
    if (!(await hasFeature(driver, 'shareGroups', release))) return expect(joining).rejects.toThrow()
    await joining
    await waitFor('the share group', async () => {
      const { data } = await readingWhere(driver, 'kafka.groups', often(), () => true)
      return data.get(groupId)?.protocol === 'share'
    })
    const refusal = { code: 'BROKER_REJECTED', reason: 'A share group commits no offsets.' }
    await expect(reset(groupId, { type: 'earliest' })).rejects.toMatchObject(refusal)
    await expect(commit(groupId, [[0, 0n]])).rejects.toMatchObject(refusal)
  })

  it('never names the topic that a new name collides with: it may be somebody else’s', async () => {
    const dotted = await kit.createTopic()
    const colliding = { topic: dotted.replaceAll('.', '_'), partitions: 1, replicationFactor: 1, configs: {} }
    const refused = await driver
      .createTopic({ ...colliding, validateOnly: true }, soon())
      .catch((error) => error)
    expect(refused).toMatchObject({ code: 'BROKER_REJECTED', reason: expect.stringContaining('collides') })
    expect(`${refused.message} ${refused.reason}`).not.toContain(dotted)
  })

  function newProtocolConsumer(groupId: string) {
    if (target.sasl === null) throw new Error('the tests sign in')
    const { username, password } = target.sasl
    return new Consumer({
      clientId: 'weir-test',
      groupId,
      groupProtocol: 'consumer',
      bootstrapBrokers: [...target.bootstrap],
      sasl: { mechanism: 'SCRAM-SHA-512', username, password },
    })
  }
})
