import { randomUUID } from 'node:crypto'
import { tracingChannel } from 'node:diagnostics_channel'
import type { ServerMessage, Subject, View } from '@weir/contract'
import type { KafkaTarget, RabbitmqTarget } from '@weir/drivers'
import {
  describeOnBroker,
  kafkaTestTarget,
  type RecordingProxy,
  rabbitmqTestTarget,
  startRecordingProxy,
  waitFor,
} from '@weir/drivers/testing'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BrokerWeir, startBrokerWeir } from '../testing/broker-weir.ts'
import { LiveView } from '../testing/live-view.ts'
import { RabbitmqCorner } from '../testing/rabbitmq-corner.ts'

// A fifth of what `pnpm bench scale` has: what must hold by count, whatever the machine.
const QUEUES = 1_000
const TOPICS = 200
const PARTITIONS = 4
const GROUPS = 40
const TOPICS_PER_GROUP = TOPICS / GROUPS

const TABS = 10
const TICKS = 8
/** Cadences stretch on a busy machine; counts stay. */
const TICKS_WITHIN_MS = 40_000
const STATS_EVERY_MS = 5_000
const STARTED_WITHIN_MS = 20_000

/** What a broker was asked between two ticks of a view that `viewers` watch. */
interface Watched<Request> {
  readonly ticks: number
  readonly ms: number
  readonly requests: readonly Request[]
}

async function watch<Request>(
  options: { url: string; subject: Subject; view: View; viewers: number; rows: number },
  asked: readonly Request[],
): Promise<Watched<Request>> {
  const views = await Promise.all(
    Array.from({ length: options.viewers }, () => LiveView.open(options.url, options.subject, options.view)),
  )
  for (const view of views) {
    await view.until('every row', (rows) => rows.size === options.rows, STARTED_WITHIN_MS)
  }
  const [first] = views
  const ticks = () => new Set(first?.client.received.flatMap(observedAt)).size
  const ticksBefore = ticks()
  await waitFor('a tick', () => ticks() > ticksBefore, { withinMs: TICKS_WITHIN_MS })
  const [from, fromTicks, startedAt] = [asked.length, ticks(), performance.now()]
  await waitFor('the ticks', () => ticks() >= fromTicks + TICKS, { withinMs: TICKS_WITHIN_MS })
  const watched = {
    ticks: ticks() - fromTicks,
    ms: performance.now() - startedAt,
    requests: asked.slice(from),
  }
  for (const view of views) view.close()
  return watched
}

function observedAt(message: ServerMessage): number[] {
  return message.type === 'snapshot' || message.type === 'delta' ? [message.observedAt] : []
}

describeOnBroker(
  'the cost of a thousand queues',
  'TEST_RABBITMQ_MANAGEMENT_URL',
  rabbitmqTestTarget(),
  (target) => {
    const corner = new RabbitmqCorner(target)
    /** Paths with their queries: the totals' and the statistics' differ in nothing else. */
    const asked: string[] = []
    let proxy: RecordingProxy
    let weir: BrokerWeir<'rabbitmq'>

    beforeAll(async () => {
      const [vhost, other] = [await corner.vhost(), await corner.vhost()]
      await importQueues(target, vhost)
      proxy = await startRecordingProxy(target.management[0] ?? '')
      proxy.answerInstead = (path) => {
        asked.push(path)
        return null
      }
      const throughProxy = { ...target, management: [proxy.url] }
      weir = await startBrokerWeir(throughProxy, { a: { vhosts: [vhost] }, b: { vhosts: [other] } })
    })
    afterAll(async () => {
      await weir.close()
      await proxy.close()
      await corner.dispose()
    })

    it.each([1, TABS])(
      'is one sweep a tick and one look at the statistics per 5 s, for %i tabs',
      async (viewers) => {
        const { url } = weir
        const view: View = { type: 'rabbitmq.queues' }
        const watched = await watch({ url, subject: { instanceId: 'a' }, view, viewers, rows: QUEUES }, asked)
        const sweeps = watched.requests.filter((path) => path.startsWith('/api/queues'))
        const totals = sweeps.filter((path) => path.includes('disable_stats=true'))
        // The window begins and ends with a tick, so at most the next one's question is in it too.
        expect(totals.length).toBeGreaterThanOrEqual(watched.ticks - 1)
        expect(totals.length).toBeLessThanOrEqual(watched.ticks + 1)
        const statistics = sweeps.length - totals.length
        expect(statistics).toBeLessThanOrEqual(Math.floor(watched.ms / STATS_EVERY_MS) + 1)
        console.log(
          viewers,
          watched.ticks,
          watched.ms,
          Object.groupBy(watched.requests, (p) => p.split('?')[0] ?? ''),
          statistics,
        )
      },
    )
  },
)

async function importQueues(
  { management, username, password }: RabbitmqTarget,
  vhost: string,
): Promise<void> {
  const queues = Array.from({ length: QUEUES }, (_, n) => ({
    ...{ name: `scale-${n}`, durable: true, auto_delete: false },
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

describeOnBroker(
  'the cost of two hundred topics and forty groups',
  'TEST_KAFKA_BROKERS',
  kafkaTestTarget(),
  (target) => {
    const prefix = `weir-scale-${randomUUID().slice(0, 8)}.`
    /** API keys, as the library itself tells them: every request of this process. */
    const asked: number[] = []
    const note = (message: unknown) => asked.push((message as { apiKey: number }).apiKey)
    const requests = tracingChannel('plt:kafka:connections:api')
    let weir: BrokerWeir<'kafka'>
    const scope = { topicPrefix: prefix, groupPrefix: prefix }

    beforeAll(async () => {
      await makeTopicsAndGroups(target, prefix)
      requests.start.subscribe(note)
      const b = { topicPrefix: `${prefix}b.`, groupPrefix: `${prefix}b.` }
      weir = await startBrokerWeir(target, { a: scope, b })
    })
    afterAll(async () => {
      requests.start.unsubscribe(note)
      await weir.close()
      await deleteTopicsAndGroups(target, prefix)
    })

    it.each([1, TABS])('is at most three requests a tick to each broker, for %i tabs', async (viewers) => {
      const { url } = weir
      const view: View = { type: 'kafka.groups' }
      const watched = await watch({ url, subject: { instanceId: 'a' }, view, viewers, rows: GROUPS }, asked)
      console.log(
        viewers,
        watched.ticks,
        watched.ms,
        Map.groupBy(watched.requests, (p) => p),
      )
    })
  },
)

function clientOf({ bootstrap, sasl }: KafkaTarget): Kafka {
  const login = sasl && { sasl: sasl as never } // kafkajs wants one literal mechanism; it takes any of ours
  return new Kafka({ clientId: 'weir-test', brokers: [...bootstrap], ...login, logLevel: logLevel.NOTHING })
}

function topicsOf(prefix: string): string[] {
  return Array.from({ length: TOPICS }, (_, n) => `${prefix}${n}`)
}

async function makeTopicsAndGroups(target: KafkaTarget, prefix: string): Promise<void> {
  const admin = clientOf(target).admin()
  await admin.connect()
  const topics = topicsOf(prefix)
  await admin.createTopics({
    topics: topics.map((topic) => ({ topic, numPartitions: PARTITIONS })),
    waitForLeaders: true,
    timeout: 30_000,
  })
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset: '0' }))
  await Promise.all(
    Array.from({ length: GROUPS }, async (_, n) => {
      for (const topic of topics.slice(n * TOPICS_PER_GROUP, (n + 1) * TOPICS_PER_GROUP)) {
        await admin.setOffsets({ groupId: `${prefix}${n}`, topic, partitions })
      }
    }),
  )
  await admin.disconnect()
}

async function deleteTopicsAndGroups(target: KafkaTarget, prefix: string): Promise<void> {
  const admin = clientOf(target).admin()
  await admin.connect()
  await admin.deleteGroups(Array.from({ length: GROUPS }, (_, n) => `${prefix}${n}`))
  await admin.deleteTopics({ topics: topicsOf(prefix), timeout: 30_000 })
  await admin.disconnect()
}
