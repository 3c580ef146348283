import { randomUUID } from 'node:crypto'
import { type BrokerKind, ErrorCode, queueKey, type View, type ViewType, views } from '@weir/contract'
import {
  describeOnBroker,
  kafkaTestTarget,
  mqttTestTarget,
  rabbitmqTestTarget,
  waitFor,
} from '@weir/drivers/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BrokerWeir, startBrokerWeir } from '../testing/broker-weir.ts'
import { KafkaCorner } from '../testing/kafka-corner.ts'
import { LiveTestClient } from '../testing/live-test-client.ts'
import { MosquittoCorner } from '../testing/mosquitto-corner.ts'
import { RabbitmqCorner } from '../testing/rabbitmq-corner.ts'

/** RabbitMQ tells of consumers and rates with its statistics, every 5 s. */
const TOLD_WITHIN_MS = 20_000
/** Frames of each view, after everything was there to be told. */
const FRAMES = 4

type Owner = 'a' | 'b'
type ViewsOf<K extends BrokerKind> = Readonly<Record<Extract<ViewType, `${K}.${string}`>, View>>

/** Each tenant's name stands in the name of everything that is its own; and begins alike, as prefixes may. */
const shared = `weir-test-${randomUUID().slice(0, 8)}`
const names: Readonly<Record<Owner, string>> = { a: `${shared}-ada`, b: `${shared}-adaeve` }

/** One tenant's socket, with every view that there is for an instance of this kind. */
class Watcher {
  readonly client: LiveTestClient
  readonly ids: readonly string[]

  private constructor(client: LiveTestClient, ids: readonly string[]) {
    this.client = client
    this.ids = ids
  }

  static async open(url: string, owner: Owner, ofKind: Readonly<Record<string, View>>): Promise<Watcher> {
    const client = await LiveTestClient.connect(url)
    for (const [type, view] of Object.entries(ofKind)) client.subscribe(type, { instanceId: owner }, view)
    for (const type of ['tenant', 'attention'] as const) client.subscribe(type, { tenantId: owner }, { type })
    return new Watcher(client, [...Object.keys(ofKind), 'tenant', 'attention'])
  }

  /** The frames of one view as text. */
  textOf(id: string): string {
    return this.client.texts.filter((text) => idIn(text) === id).join('\n')
  }

  /** The newest value that a record view told of a field. */
  told(id: string, field: string): unknown {
    let value: unknown
    for (const message of this.client.received) {
      const data =
        message.type === 'snapshot' ? message.data : message.type === 'delta' ? message.set : undefined
      if (data && !Array.isArray(data) && 'id' in message && message.id === id && field in data)
        value = data[field]
    }
    return value
  }

  /** Each view has been told so often since now. */
  async moreFrames(): Promise<void> {
    const before = this.client.texts.length
    const fresh = (id: string) => this.client.texts.slice(before).filter((text) => idIn(text) === id).length
    await waitFor(`${FRAMES} frames of every view`, () => this.ids.every((id) => fresh(id) >= FRAMES), {
      withinMs: TOLD_WITHIN_MS,
    })
  }

  /** Asks for what is the other's; answers the code it is refused with. */
  async refused(view: View, owner: Owner): Promise<ErrorCode> {
    const id = `foreign-${view.type}`
    this.client.subscribe(id, { instanceId: owner }, view)
    const { code } = await this.client.next('error', (error) => error.id === id, TOLD_WITHIN_MS)
    return code
  }
}

function idIn(text: string): unknown {
  return (JSON.parse(text) as { id?: unknown }).id
}

/** Nothing that the tenant was sent, by any view, holds the other's name; and each table did tell its own. */
function expectOwnNamesOnly(watcher: Watcher, kind: BrokerKind): void {
  const told = watcher.client.texts.join('\n')
  expect(told).toContain(names.a)
  expect(told.match(new RegExp(`.{0,200}${names.b}.{0,50}`))?.[0]).toBeUndefined()
  const ofKind = Object.entries(views).filter(([, traits]) => traits.of === kind)
  for (const [type, traits] of ofKind)
    if (traits.shape === 'table') expect(watcher.textOf(type)).toContain(names.a)
  expect(watcher.ids).toEqual(expect.arrayContaining(ofKind.map(([type]) => type)))
}

describeOnBroker(
  'two tenants on one RabbitMQ',
  'TEST_RABBITMQ_MANAGEMENT_URL',
  rabbitmqTestTarget(),
  (target) => {
    const corner = new RabbitmqCorner(target)
    let weir: BrokerWeir<'rabbitmq'>
    let watchers: Record<Owner, Watcher>
    const viewsFor = (owner: Owner): ViewsOf<'rabbitmq'> => ({
      'rabbitmq.overview': { type: 'rabbitmq.overview' },
      'rabbitmq.queues': { type: 'rabbitmq.queues' },
      'rabbitmq.queue': { type: 'rabbitmq.queue', vhost: names[owner], name: `${names[owner]}.orders` },
    })

    beforeAll(async () => {
      for (const [owner, messages] of [
        ['a', 3],
        ['b', 50],
      ] as const) {
        const name = names[owner]
        await corner.vhost(name)
        await corner.queue(name, `${name}.orders`, messages)
        const channel = await corner.channel(name)
        await channel.assertExchange(`${name}.exchange`, 'topic')
        await channel.bindQueue(`${name}.orders`, `${name}.exchange`, `${name}.key`)
        await channel.prefetch(1)
        await channel.consume(`${name}.orders`, () => {}, { consumerTag: `${name}.consumer` })
      }
      weir = await startBrokerWeir(target, { a: { vhosts: [names.a] }, b: { vhosts: [names.b] } })
      watchers = {
        a: await Watcher.open(weir.url, 'a', viewsFor('a')),
        b: await Watcher.open(weir.url, 'b', viewsFor('b')),
      }
    })
    afterAll(async () => {
      for (const watcher of Object.values(watchers)) watcher.client.close()
      await weir.close()
      await corner.dispose()
    })

    it('tells each its own and never a name of the other’s', async () => {
      const { a, b } = watchers
      for (const [owner, watcher] of [
        ['a', a],
        ['b', b],
      ] as const) {
        const about = ['orders', 'consumer', 'exchange', 'key'].map((what) => `${names[owner]}.${what}`)
        const text = () => watcher.textOf('rabbitmq.queue')
        await waitFor(`all about the queue of ${owner}`, () => about.every((name) => text().includes(name)), {
          withinMs: TOLD_WITHIN_MS,
        })
      }
      a.client.send({ type: 'focus', id: 'rabbitmq.queues', keys: [queueKey(names.b, `${names.b}.orders`)] })
      expect(await a.refused(viewsFor('b')['rabbitmq.queue'], 'a')).toBe(ErrorCode.notFound)
      await weir.post(`/instances/b/rabbitmq/queues/${names.b}/${names.b}.orders/purge`)
      await a.moreFrames()
      expectOwnNamesOnly(a, 'rabbitmq')
      for (const path of ['/instances/a/capabilities', '/audit?instanceId=a'])
        expect(JSON.stringify(await weir.get(path))).not.toContain(names.b)
    })

    it('counts its own alone, and tells nothing of the nodes', async () => {
      const { a } = watchers
      const figures = { messages: 3, queues: 1, consumers: 1, nodes: null, clusterName: null }
      await waitFor(
        'the totals',
        () => Object.entries(figures).every(([field, value]) => a.told('rabbitmq.overview', field) === value),
        { withinMs: TOLD_WITHIN_MS },
      )
    })
  },
)

describeOnBroker('two tenants on one Kafka', 'TEST_KAFKA_BROKERS', kafkaTestTarget(), (target) => {
  const corners: KafkaCorner[] = []
  let weir: BrokerWeir<'kafka'>
  let watchers: Record<Owner, Watcher>
  const topicOf = (owner: Owner) => `${names[owner]}.orders`
  const groupOf = (owner: Owner) => `${names[owner]}.billing`
  /** A's own group, which also read what is B's. */
  const nosy = `${names.a}.nosy`
  const viewsFor = (owner: Owner): ViewsOf<'kafka'> => ({
    'kafka.overview': { type: 'kafka.overview' },
    'kafka.topics': { type: 'kafka.topics' },
    'kafka.groups': { type: 'kafka.groups' },
    'kafka.group': { type: 'kafka.group', groupId: groupOf(owner) },
  })

  beforeAll(async () => {
    for (const [owner, records] of [
      ['a', 5],
      ['b', 70],
    ] as const) {
      const corner = await KafkaCorner.open(target, `${names[owner]}.client`)
      corners.push(corner)
      await corner.topic(topicOf(owner), 2, records)
      await corner.join(groupOf(owner), topicOf(owner))
    }
    for (const owner of ['a', 'b'] as const) await corners[0]?.commit(nosy, topicOf(owner), [1, 1])
    weir = await startBrokerWeir(target, {
      a: { topicPrefix: `${names.a}.`, groupPrefix: `${names.a}.` },
      b: { topicPrefix: `${names.b}.`, groupPrefix: `${names.b}.` },
    })
    watchers = {
      a: await Watcher.open(weir.url, 'a', viewsFor('a')),
      b: await Watcher.open(weir.url, 'b', viewsFor('b')),
    }
  })
  afterAll(async () => {
    for (const watcher of Object.values(watchers)) watcher.client.close()
    await weir.close()
    for (const corner of corners) await corner.dispose()
  })

  it('tells each its own and never a name of the other’s', async () => {
    const { a, b } = watchers
    for (const [owner, watcher] of [
      ['a', a],
      ['b', b],
    ] as const) {
      await waitFor(
        `the member of ${owner}`,
        () => watcher.textOf('kafka.group').includes(`${names[owner]}.client`),
        { withinMs: TOLD_WITHIN_MS },
      )
    }
    a.client.subscribe('nosy', { instanceId: 'a' }, { type: 'kafka.group', groupId: nosy })
    a.client.send({ type: 'focus', id: 'kafka.groups', keys: [groupOf('b')] })
    a.client.send({ type: 'focus', id: 'kafka.topics', keys: [topicOf('b')] })
    expect(await a.refused(viewsFor('b')['kafka.group'], 'a')).toBe(ErrorCode.notFound)
    await a.moreFrames()
    expect(a.textOf('nosy')).toContain(topicOf('a'))
    expectOwnNamesOnly(a, 'kafka')
    for (const path of ['/instances/a/capabilities', '/audit?instanceId=a'])
      expect(JSON.stringify(await weir.get(path))).not.toContain(names.b)
  })

  it('counts its own alone, and tells nothing of the brokers', async () => {
    const { a } = watchers
    // Its group with a member committed nothing; the other one 1 of 5 in each of 2 partitions, and B's counts not.
    const figures = { topics: 1, partitions: 2, groups: 2, lag: 8, brokers: null, controllerId: null }
    await waitFor(
      'the totals',
      () => Object.entries(figures).every(([field, value]) => a.told('kafka.overview', field) === value),
      { withinMs: TOLD_WITHIN_MS },
    )
  })
})

describeOnBroker('two tenants on one Mosquitto', 'TEST_MQTT_URL', mqttTestTarget(), (target) => {
  let corner: MosquittoCorner
  let weir: BrokerWeir<'mqtt'>
  let watchers: Record<Owner, Watcher>
  const userOf = (owner: Owner) => `${names[owner]}-user`
  const viewsFor: ViewsOf<'mqtt'> = {
    'mqtt.overview': { type: 'mqtt.overview' },
    'mqtt.clients': { type: 'mqtt.clients' },
  }

  beforeAll(async () => {
    corner = await MosquittoCorner.open(target)
    for (const owner of ['a', 'b'] as const) await corner.user(userOf(owner), `${names[owner]}/`)
    weir = await startBrokerWeir(target, {
      a: { topicPrefix: `${names.a}/`, usernamePrefix: `${names.a}-` },
      b: { topicPrefix: `${names.b}/`, usernamePrefix: `${names.b}-` },
    })
    watchers = {
      a: await Watcher.open(weir.url, 'a', viewsFor),
      b: await Watcher.open(weir.url, 'b', viewsFor),
    }
  })
  afterAll(async () => {
    for (const watcher of Object.values(watchers)) watcher.client.close()
    await weir.close()
    await corner.dispose()
  })

  it('tells each its own and never a name of the other’s', async () => {
    const { a, b } = watchers
    await a.client.next('snapshot', ({ id }) => id === 'mqtt.clients', TOLD_WITHIN_MS)
    for (const owner of ['a', 'b'] as const) {
      const client = await corner.connect(userOf(owner), `${names[owner]}-client`)
      await client.subscribeAsync(`${names[owner]}/lamp/#`)
    }
    // A client may call itself what it likes: whose it is, its user tells.
    await corner.connect(userOf('b'), `${names.a}-client-of-${names.b}`)
    for (const [owner, watcher] of [
      ['a', a],
      ['b', b],
    ] as const) {
      await waitFor(
        `the client of ${owner}`,
        () => watcher.textOf('mqtt.clients').includes(`${names[owner]}/lamp/#`),
        { withinMs: TOLD_WITHIN_MS },
      )
    }
    await waitFor('the misnamed client', () => b.textOf('mqtt.clients').includes(`-client-of-${names.b}`))
    a.client.send({ type: 'focus', id: 'mqtt.clients', keys: [`${names.b}-client`] })
    await a.moreFrames()
    expectOwnNamesOnly(a, 'mqtt')
    for (const path of ['/instances/a/mqtt/users', '/instances/a/capabilities', '/audit?instanceId=a'])
      expect(JSON.stringify(await weir.get(path))).not.toContain(names.b)
  })

  it('counts its own alone, and tells nothing of the broker', async () => {
    const { a } = watchers
    const figures = { clientsConnected: 1, clientsTotal: null, subscriptions: null, publishDropped: null }
    await waitFor(
      'the totals',
      () => Object.entries(figures).every(([field, value]) => a.told('mqtt.overview', field) === value),
      { withinMs: TOLD_WITHIN_MS },
    )
  })
})
