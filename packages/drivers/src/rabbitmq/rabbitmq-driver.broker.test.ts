import { isDeepStrictEqual } from 'node:util'
import { queueKey } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RabbitmqTarget } from '../driver.ts'
import {
  describeDriver,
  describeOnAges,
  firstReading,
  fixedDemand,
  type RecordingProxy,
  rabbitmqAges,
  readingWhere,
  startRecordingProxy,
  waitFor,
} from '../testing/index.ts'
import { createRabbitmqDriver, type RabbitmqDriver } from './rabbitmq-driver.ts'
import type { QueueDetail, RabbitmqOverviewReading } from './readings.ts'
import { TestBroker } from './test-broker.ts'

const asItIs = async (host: string) => host
const NAME = '100% ü?&#"'

describeOnAges('RabbitMQ', rabbitmqAges(), (target, { age, release }) => {
  describeDriver(`rabbitmq${age}`, async () => {
    const broker = new TestBroker(target)
    const vhost = await broker.vhost()
    await broker.declare(vhost, 'orders')
    const keys = [queueKey(vhost, 'orders')]
    return {
      sources: [
        { source: 'rabbitmq.totals' },
        { source: 'rabbitmq.stats', followsCadence: false },
        { source: 'rabbitmq.declares', wanted: { keys } },
        { source: 'rabbitmq.overview', followsCadence: false },
        { source: 'rabbitmq.queue', wanted: { keys } },
      ],
      release,
      secrets: [target.password],
      connect: () => createRabbitmqDriver(target, asItIs),
      connectWith: (fault) => {
        if ('password' in fault) return createRabbitmqDriver({ ...target, ...fault }, asItIs)
        return createRabbitmqDriver(movedTo(target, `${fault.host}:${fault.port}`), asItIs)
      },
      dispose: () => broker.dispose(),
    }
  })

  describe('depths', () => {
    const broker = new TestBroker(target)
    const driver = createRabbitmqDriver(target, asItIs)
    let vhost: string
    const demand = (...names: string[]) =>
      fixedDemand({ cadenceMs: 200, scopes: [vhost], keys: names.map((name) => queueKey(vhost, name)) })

    beforeAll(async () => {
      vhost = await broker.vhost('/b %')
    })
    afterAll(async () => {
      await driver.close()
      await broker.dispose()
    })

    it('tells ready, unacknowledged and their sum of a classic queue, whatever its name', async () => {
      await broker.declare(vhost, NAME)
      await broker.publish(vhost, NAME, 5)
      await broker.takeUnacknowledged(vhost, NAME, 2)
      const totals = await readingWhere(driver, 'rabbitmq.totals', demand(), ({ data }) => {
        return data.get(queueKey(vhost, NAME))?.messagesUnacknowledged === 2
      })
      expect(totals.data.get(queueKey(vhost, NAME))).toMatchObject({
        vhost,
        name: NAME,
        type: 'classic',
        durable: true,
        exclusive: false,
        messages: 5,
        messagesReady: 3,
        messagesUnacknowledged: 2,
      })
      const declares = await firstReading(driver, 'rabbitmq.declares', demand(NAME))
      expect(declares.data.get(queueKey(vhost, NAME))).toEqual({
        vhost,
        name: NAME,
        messagesReady: 3,
        consumers: 1,
      })
    })

    it('tells the same of a quorum queue: ready at once by declare, the rest with the totals', async () => {
      await broker.declare(vhost, 'quorum', { type: 'quorum' })
      await broker.publish(vhost, 'quorum', 5)
      const key = queueKey(vhost, 'quorum')
      const told = await firstReading(driver, 'rabbitmq.declares', demand('quorum'))
      expect(told.data.get(key)).toEqual({ vhost, name: 'quorum', messagesReady: 5, consumers: 0 })
      await broker.takeUnacknowledged(vhost, 'quorum', 2)
      const live = await firstReading(driver, 'rabbitmq.declares', demand('quorum'))
      expect(live.data.get(key)).toEqual({ vhost, name: 'quorum', messagesReady: 3, consumers: 1 })
      const totals = await readingWhere(driver, 'rabbitmq.totals', demand(), ({ data }) => {
        return data.get(key)?.messagesUnacknowledged === 2
      })
      expect(totals.data.get(key)).toMatchObject({ type: 'quorum', messages: 5, messagesReady: 3 })
    })

    it('sees 500 messages in the first reading after their confirm', async () => {
      await broker.declare(vhost, 'burst')
      await broker.publish(vhost, 'burst', 500)
      const confirmedAt = performance.now()
      const totals = await firstReading(driver, 'rabbitmq.totals', demand())
      expect(totals.data.get(queueKey(vhost, 'burst'))?.messages).toBe(500)
      console.info(`500 messages: read ${Math.round(performance.now() - confirmedAt)} ms after the confirm`)
    })

    it('counts a stream in the totals where Prometheus is given, and leaves it null elsewhere', async () => {
      await broker.declare(vhost, 'stream', { type: 'stream' })
      await broker.publish(vhost, 'stream', 40)
      const key = queueKey(vhost, 'stream')
      const without = createRabbitmqDriver({ ...target, prometheus: [] }, asItIs)
      const plain = await firstReading(without, 'rabbitmq.totals', demand())
      await without.close()
      expect(plain.data.get(key)).toMatchObject({ type: 'stream', messages: null, messagesReady: null })
      expect(plain.cost.requests).toBe(1)
      if (target.prometheus.length === 0) return
      const isTold = ({ data }: typeof plain) => data.get(key)?.messages === 40
      const counted = await readingWhere(driver, 'rabbitmq.totals', demand(), isTold, 8_000)
      expect(counted.cost.requests).toBe(1 + target.prometheus.length)
    })

    it('leaves streams and missing queues out of the declares, and says so', async () => {
      await broker.declare(vhost, 'declared')
      const { data, completeness } = await firstReading(
        driver,
        'rabbitmq.declares',
        demand('stream', 'never-was', 'declared'),
      )
      expect([...data.keys()]).toEqual([queueKey(vhost, 'declared')])
      expect(completeness.complete).toBe(false)
    })

    it('goes on after a queue that was deleted under a declare', async () => {
      const names = ['doomed', 'survivor', 'other']
      for (const name of names) await broker.declare(vhost, name)
      await broker.publish(vhost, 'survivor', 3)
      const stop = new AbortController()
      const watch = driver.watch('rabbitmq.declares', demand(...names), stop.signal)[Symbol.asyncIterator]()
      expect((await watch.next()).value?.data.size).toBe(3)
      await broker.deleteQueue(vhost, 'doomed')
      const { data } = await waitFor('the deleted queue to go', async () => {
        const { value } = await watch.next()
        return value?.data.size === 2 && value
      })
      expect(data.get(queueKey(vhost, 'survivor'))?.messagesReady).toBe(3)
      stop.abort()
    })

    it('purges', async () => {
      await broker.declare(vhost, 'full')
      await broker.publish(vhost, 'full', 7)
      await driver.purgeQueue(vhost, 'full', AbortSignal.timeout(5_000))
      const { data } = await firstReading(driver, 'rabbitmq.declares', demand('full'))
      expect(data.get(queueKey(vhost, 'full'))?.messagesReady).toBe(0)
    })

    it('says which way a purge was refused', async () => {
      const purge = (name: string) => driver.purgeQueue(vhost, name, AbortSignal.timeout(5_000))
      await expect(purge('never-was')).rejects.toMatchObject({ code: 'BROKER_NOT_FOUND' })
      await expect(purge('stream')).rejects.toMatchObject({ code: 'BROKER_REJECTED' })
      await expect(purge('..')).rejects.toMatchObject({ code: 'BROKER_REJECTED' })
      const user = await broker.user('management', vhost)
      const powerless = createRabbitmqDriver({ ...target, ...user }, asItIs)
      await expect(powerless.purgeQueue(vhost, 'full', AbortSignal.timeout(5_000))).rejects.toMatchObject({
        code: expect.stringMatching(/^BROKER_(FORBIDDEN|NOT_FOUND)$/),
      })
      await powerless.close()
    })
  })

  describe('statistics and details', () => {
    const broker = new TestBroker(target)
    const driver = createRabbitmqDriver(target, asItIs)
    let vhost: string
    const demand = () => fixedDemand({ cadenceMs: 200, scopes: [vhost], keys: [queueKey(vhost, 'busy')] })

    beforeAll(async () => {
      vhost = await broker.vhost()
      await broker.declare(vhost, 'busy')
      await broker.declare(vhost, 'stream', { type: 'stream' })
      await broker.publish(vhost, 'stream', 30)
      await broker.publish(vhost, 'busy', 5, { timestamp: 1_700_000_000, headers: { room: 'hall' } })
      await broker.takeUnacknowledged(vhost, 'busy', 2)
    })
    afterAll(async () => {
      await driver.close()
      await broker.dispose()
    })

    it('tells consumers, rates and the counts of streams, once per 5 s', async () => {
      const startedAt = performance.now()
      let asked = 0
      const { data } = await readingWhere(
        driver,
        'rabbitmq.stats',
        demand(),
        ({ data, cost }) => {
          if (cost.requests > 0) asked += 1
          const busy = data.get(queueKey(vhost, 'busy'))
          return busy?.consumers === 1 && data.get(queueKey(vhost, 'stream'))?.messages === 30
        },
        25_000,
      )
      const tookMs = performance.now() - startedAt
      console.info(`statistics: right after ${Math.round(tookMs)} ms, ${asked} reads`)
      expect(asked).toBeLessThanOrEqual(1 + tookMs / 4_900)
      const { publishRate, ackRate, headMessageAt } = data.get(queueKey(vhost, 'busy')) ?? {}
      expect(ackRate).toBe(0)
      expect(publishRate).toBeGreaterThanOrEqual(0)
      expect([null, 1_700_000_000_000]).toContain(headMessageAt)
    })

    it('tells one queue in full', async () => {
      await broker.api('POST', `/bindings/${encodeURIComponent(vhost)}/e/amq.topic/q/busy`, {
        routing_key: 'home.*',
        arguments: { weight: 3 },
      })
      const key = queueKey(vhost, 'busy')
      const isTold = ({ data }: { data: ReadonlyMap<string, QueueDetail> }) =>
        data.get(key)?.consumers[0]?.user === target.username
      const { data } = await readingWhere(driver, 'rabbitmq.queue', demand(), isTold, 15_000)
      const queue = data.get(key)
      expect(queue).toMatchObject({ vhost, name: 'busy', autoDelete: false, exclusive: false })
      expect(queue?.arguments).toEqual({ 'x-queue-type': 'classic' })
      expect(queue?.bindings).toContainEqual({ source: '', routingKey: 'busy', arguments: {} })
      expect(queue?.bindings).toContainEqual({
        source: 'amq.topic',
        routingKey: 'home.*',
        arguments: { weight: 3 },
      })
      expect(queue?.consumers).toHaveLength(1)
      expect(queue?.consumers[0]).toMatchObject({ prefetchCount: 2, ackRequired: true, active: true })
      expect(queue?.consumers[0]?.peer).toMatch(/^127\.0\.0\.1:\d+$/)
    })

    it('lets a missing queue cost its own row', async () => {
      const keys = [queueKey(vhost, 'never-was'), queueKey(vhost, 'busy'), queueKey(vhost, '..')]
      const { data, completeness } = await firstReading(driver, 'rabbitmq.queue', fixedDemand({ keys }))
      expect([...data.keys()]).toEqual([queueKey(vhost, 'busy')])
      expect(completeness.complete).toBe(false)
    })

    it('tells the cluster, and connections by vhost', async () => {
      // Two publishers and one consumer, each with one connection and one channel.
      const ours = { connections: 3, channels: 3 }
      const isTold = ({ data }: { data: RabbitmqOverviewReading }) =>
        isDeepStrictEqual(data.connectionsByVhost?.get(vhost), ours)
      const { data } = await readingWhere(driver, 'rabbitmq.overview', demand(), isTold, 25_000)
      expect(data.version).toMatch(/^\d+\.\d+/)
      expect(data.nodes.filter(({ running }) => running).length).toBeGreaterThan(0)
      expect(data.nodes[0]?.memoryBytes).toBeGreaterThan(1_000_000)
      expect(data.queues).toBeGreaterThanOrEqual(2)
    })

    it('tells a user without the right to see nodes what it may see', async () => {
      const user = await broker.user('management', vhost)
      const humble = createRabbitmqDriver({ ...target, ...user }, asItIs)
      const { data } = await firstReading(humble, 'rabbitmq.overview', demand())
      expect(data.nodes).toEqual([])
      expect(data.connectionsByVhost).toBeNull()
      const { features } = await humble.capabilities(AbortSignal.timeout(5_000))
      expect(features.nodes?.available).toBe(false)
      expect(features.administration?.available).toBe(false)
      await humble.close()
    })

    it('says BROKER_FORBIDDEN, and not a wrong password, to a user without any tag', async () => {
      const user = await broker.user('', vhost)
      const untagged = createRabbitmqDriver({ ...target, ...user }, asItIs)
      await expect(firstReading(untagged, 'rabbitmq.totals', demand())).rejects.toMatchObject({
        code: 'BROKER_FORBIDDEN',
      })
      await untagged.close()
    })
  })

  describe('what it asks', () => {
    const broker = new TestBroker(target)
    let proxy: RecordingProxy
    let driver: RabbitmqDriver
    let own: string
    let foreign: string

    beforeAll(async () => {
      proxy = await startRecordingProxy(target.management[0] ?? '')
      driver = createRabbitmqDriver({ ...target, management: [proxy.url] }, asItIs)
      own = await broker.vhost()
      foreign = await broker.vhost()
      for (const vhost of [own, foreign]) await broker.declare(vhost, 'orders')
      await broker.declare(own, 'second')
    })
    afterAll(async () => {
      await driver.close()
      await proxy.close()
      await broker.dispose()
    })

    it('asks for one vhost alone when one is watched, in one request per reading', async () => {
      proxy.requests.length = 0
      const demand = fixedDemand({ cadenceMs: 50, scopes: [own] })
      let readings = 0
      await readingWhere(driver, 'rabbitmq.totals', demand, ({ data, cost }) => {
        readings += 1
        expect([...data.keys()].sort()).toEqual([queueKey(own, 'orders'), queueKey(own, 'second')])
        expect(cost.requests).toBe(1)
        return readings === 5
      })
      expect(proxy.requests).toEqual(Array.from({ length: 5 }, () => `GET /api/queues/${own}`))
    })

    it('sweeps the whole cluster once when several vhosts are watched', async () => {
      proxy.requests.length = 0
      const { data } = await firstReading(driver, 'rabbitmq.totals', fixedDemand({ scopes: [own, foreign] }))
      expect(data.has(queueKey(own, 'orders')) && data.has(queueKey(foreign, 'orders'))).toBe(true)
      expect(proxy.requests).toEqual(['GET /api/queues'])
    })

    it('asks nothing while nobody looks at single queues', async () => {
      proxy.requests.length = 0
      for (const source of ['rabbitmq.declares', 'rabbitmq.queue'] as const) {
        const { data, cost, completeness } = await firstReading(driver, source, fixedDemand())
        expect(data.size).toBe(0)
        expect(cost.requests).toBe(0)
        expect(completeness.complete).toBe(true)
      }
      expect(proxy.requests).toEqual([])
    })

    it('keeps a row that one list lacks, and lets it go when the next one lacks it too', async () => {
      let lacking = 0
      proxy.answerInstead = (_path, real) => {
        const rows = JSON.parse(real) as { name: string }[]
        return lacking-- > 0 ? JSON.stringify(rows.filter(({ name }) => name !== 'second')) : null
      }
      const stop = new AbortController()
      const demand = fixedDemand({ cadenceMs: 20, scopes: [own] })
      const watch = driver.watch('rabbitmq.totals', demand, stop.signal)[Symbol.asyncIterator]()
      const next = async () => {
        const { value } = await watch.next()
        return { rows: value?.data.size, complete: value?.completeness.complete }
      }
      expect(await next()).toEqual({ rows: 2, complete: true })
      lacking = 1
      expect(await next()).toEqual({ rows: 2, complete: false })
      expect(await next()).toEqual({ rows: 2, complete: true })
      lacking = 2
      expect(await next()).toEqual({ rows: 2, complete: false })
      expect(await next()).toEqual({ rows: 1, complete: true })
      stop.abort()
      proxy.answerInstead = null
    })

    it('names the path of an answer it cannot read', async () => {
      for (const nonsense of ['{"items":[]}', '[{"name":1}]', '<html>']) {
        proxy.answerInstead = () => nonsense
        const reading = firstReading(driver, 'rabbitmq.totals', fixedDemand({ scopes: [own] }))
        await expect(reading).rejects.toMatchObject({
          code: 'BROKER_RESPONSE',
          message: expect.stringContaining(`/api/queues/${own}`),
        })
      }
      proxy.answerInstead = null
    })

    it('asks addressOf before it connects, and the next endpoint where the first is not there', async () => {
      const hosts: string[] = []
      const { port } = new URL(target.management[0] ?? '')
      const driver = createRabbitmqDriver(
        { ...target, management: [`http://gone.example:${port}`, `http://there.example:${port}`] },
        async (host) => {
          hosts.push(host)
          if (host === 'gone.example') throw new Error('refused by the guard')
          return '127.0.0.1'
        },
      )
      const demand = fixedDemand({ cadenceMs: 50, scopes: [own] })
      let readings = 0
      await readingWhere(driver, 'rabbitmq.totals', demand, () => {
        readings += 1
        return readings === 3
      })
      await driver.close()
      // The one that answers serves from then on, over the connection it has.
      expect(hosts).toEqual(['gone.example', 'there.example'])
    })
  })
})

function movedTo(target: RabbitmqTarget, address: string): RabbitmqTarget {
  return { ...target, management: [`http://${address}`], amqp: [`amqp://${address}`], prometheus: [] }
}
