import { randomUUID } from 'node:crypto'
import { tracingChannel } from 'node:diagnostics_channel'
import {
  describeOnBroker,
  kafkaTestTarget,
  type RecordingProxy,
  rabbitmqTestTarget,
  startRecordingProxy,
} from '@weir/drivers/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BrokerWeir, startBrokerWeir } from '../testing/broker-weir.ts'
import { importQueues, ManyTopics } from '../testing/many-objects.ts'
import { RabbitmqCorner } from '../testing/rabbitmq-corner.ts'
import { watchTicks } from '../testing/watch-ticks.ts'

// A fifth of what `pnpm bench scale` has: what must hold by count, whatever the machine.
const QUEUES = 1_000
const TOPICS = 200
const GROUPS = 40

/** The same is asked for one as for ten. */
const tabs = [1, 10]
const TICKS = 5

/** How often something that is asked every so often can begin within a window. */
function mostOf(windowMs: number, everyMs: number): number {
  return Math.floor(windowMs / everyMs) + 1
}

describeOnBroker(
  'the cost of a thousand queues',
  'TEST_RABBITMQ_MANAGEMENT_URL',
  rabbitmqTestTarget(),
  (target) => {
    const corner = new RabbitmqCorner(target)
    /** Paths with their queries: the sweep of totals and the statistics differ in nothing else. */
    const asked: string[] = []
    let proxy: RecordingProxy
    let weir: BrokerWeir<'rabbitmq'>

    beforeAll(async () => {
      const [vhost, other] = [await corner.vhost(), await corner.vhost()]
      await importQueues(target, vhost, QUEUES)
      proxy = await startRecordingProxy(target.management[0] ?? '')
      proxy.answerInstead = (path) => {
        asked.push(path)
        return null
      }
      const scopes = { a: { vhosts: [vhost] }, b: { vhosts: [other] } }
      weir = await startBrokerWeir({ ...target, management: [proxy.url] }, scopes)
    })
    afterAll(async () => {
      await weir.close()
      await proxy.close()
      await corner.dispose()
    })

    it.each(tabs)('is one sweep a tick, and all else at most once per 5 s, for %i tabs', async (viewers) => {
      const { ticks, ms, requests } = await watchTicks(
        {
          ...{ url: weir.url, subject: { instanceId: 'a' }, view: { type: 'rabbitmq.queues' } },
          ...{ viewers, rows: QUEUES, ticks: TICKS },
        },
        asked,
      )
      const sweeps = requests.filter((path) => path.includes('disable_stats=true'))
      // From one tick to another: the last one's question may fall before, the next one's after.
      expect(sweeps.length).toBeGreaterThanOrEqual(ticks - 1)
      expect(sweeps.length).toBeLessThanOrEqual(ticks + 1)
      const others = Map.groupBy(
        requests.filter((path) => !sweeps.includes(path)),
        (path) => path,
      )
      for (const [path, times] of others) expect(times.length, path).toBeLessThanOrEqual(mostOf(ms, 5_000))
    })
  },
)

/** Kafka's own numbers: ListOffsets, OffsetFetch. */
const lagPoll = [2, 9]

describeOnBroker(
  'the cost of two hundred topics and forty groups',
  'TEST_KAFKA_BROKERS',
  kafkaTestTarget(),
  (target) => {
    const prefix = `weir-scale-${randomUUID().slice(0, 8)}.`
    const asked: { broker: string; apiKey: number }[] = []
    /** Every request of this process, as the Kafka library tells them. */
    const channel = tracingChannel('plt:kafka:connections:api')
    const note = (message: unknown) => {
      const { connection, apiKey } = message as {
        connection: { host: string; port: number }
        apiKey: number
      }
      asked.push({ broker: `${connection.host}:${connection.port}`, apiKey })
    }
    let many: ManyTopics
    let weir: BrokerWeir<'kafka'>

    beforeAll(async () => {
      many = await ManyTopics.make(target, prefix, { topics: TOPICS, groups: GROUPS })
      channel.start.subscribe(note)
      const other = `${prefix}none.`
      const scopes = {
        a: { topicPrefix: prefix, groupPrefix: prefix },
        b: { topicPrefix: other, groupPrefix: other },
      }
      weir = await startBrokerWeir(target, scopes)
    })
    afterAll(async () => {
      channel.start.unsubscribe(note)
      await weir.close()
      await many.dispose()
    })

    it.each(tabs)('is at most three requests a poll and broker, for %i tabs', async (viewers) => {
      const { ticks, ms, requests } = await watchTicks(
        {
          ...{ url: weir.url, subject: { instanceId: 'a' }, view: { type: 'kafka.groups' } },
          ...{ viewers, rows: GROUPS, ticks: TICKS },
        },
        asked,
      )
      for (const [broker, own] of Map.groupBy(requests, (request) => request.broker)) {
        const polls = own.filter(({ apiKey }) => lagPoll.includes(apiKey))
        expect(polls.length, broker).toBeLessThanOrEqual(3 * (ticks + 1))
        const others = Map.groupBy(
          own.filter((request) => !polls.includes(request)),
          ({ apiKey }) => apiKey,
        )
        // Groups are listed every 3 s, described every 5 s; topics every 30 s.
        for (const [apiKey, times] of others) {
          expect(times.length, `${broker}, API ${apiKey}`).toBeLessThanOrEqual(mostOf(ms, 3_000) + 1)
        }
      }
      const offsets = requests.filter(({ apiKey }) => apiKey === lagPoll[0])
      expect(offsets.length).toBeGreaterThanOrEqual(ticks - 1)
    })
  },
)
