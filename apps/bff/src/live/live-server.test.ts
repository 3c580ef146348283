import { CloseCode, ErrorCode, limits, PROTOCOL_VERSION } from '@weir/contract'
import { BrokerUnreachableError } from '@weir/drivers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LiveTestClient } from '../testing/live-test-client.ts'
import { instanceA, type MemoryWeir, startMemoryWeir, tenantA, totals } from '../testing/memory-weir.ts'

const queues = { type: 'rabbitmq.queues' } as const
const subjectA = { instanceId: instanceA.id }

let weir: MemoryWeir
const clients: LiveTestClient[] = []

async function connect(options?: Parameters<typeof LiveTestClient.connect>[1]): Promise<LiveTestClient> {
  const client = await LiveTestClient.connect(weir.url, options)
  clients.push(client)
  return client
}

beforeEach(async () => {
  weir = await startMemoryWeir()
  weir.driver.push('rabbitmq.totals', totals({ 'a/orders': 3, 'b/secret': 7 }))
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await weir.close()
})

describe('who may speak', () => {
  it('welcomes our own page', async () => {
    const client = await connect({ silent: true })
    client.send({ type: 'hello', protocol: PROTOCOL_VERSION })
    expect(await client.next('welcome')).toMatchObject({ actor: { type: 'operator' }, protocol: 1 })
  })

  it.each([
    ['a foreign Origin', 'https://evil.example'],
    ['the Origin of a sandboxed frame', 'null'],
    ['no Origin', null],
    ['our port under another name', `http://weir.example`],
  ])('closes %s with 4401', async (_what, origin) => {
    const client = await connect({ origin, silent: true })
    client.send({ type: 'hello', protocol: PROTOCOL_VERSION })
    expect((await client.closed()).code).toBe(CloseCode.unauthorized)
  })

  it('refuses a foreign Host before the upgrade', async () => {
    await expect(connect({ host: 'weir.example' })).rejects.toThrow('403')
  })

  it('closes a socket that says nothing with 4408', async () => {
    const client = await connect({ silent: true })
    expect((await client.closed()).code).toBe(CloseCode.helloTimeout)
  }, 10_000)

  it('closes another protocol version with 4406', async () => {
    const client = await connect({ silent: true })
    client.send({ type: 'hello', protocol: 2 })
    expect((await client.closed()).code).toBe(CloseCode.protocolVersion)
  })
})

describe('what is not a frame', () => {
  it.each([
    ['text that is not JSON', 'hello?'],
    ['an unknown type', { type: 'dance' }],
    ['an unknown field', { type: 'pause', now: true }],
    ['two subjects', { type: 'subscribe', id: 'q', view: queues, fleet: true, ...subjectA }],
    ['a second hello', { type: 'hello', protocol: PROTOCOL_VERSION }],
    ['an oversized frame', { type: 'focus', id: 'q', keys: ['x'.repeat(limits.inboundFrameBytes)] }],
  ])('closes %s with 4400', async (_what, message) => {
    const client = await connect()
    client.send(message)
    expect((await client.closed()).code).toBe(CloseCode.badMessage)
  })

  it('closes whoever sends more frames than a person can cause with 4429', async () => {
    const client = await connect()
    for (let sent = 0; sent <= limits.framesPerSecond; sent += 1) client.send({ type: 'resume' })
    expect((await client.closed()).code).toBe(CloseCode.tooMany)
  })

  it('leaves the server serving others', async () => {
    const broken = await connect()
    broken.send('{')
    await broken.closed()
    const client = await connect()
    client.subscribe('q', subjectA, queues)
    expect((await client.next('snapshot')).data).toHaveLength(1)
  })
})

describe('a refused subscription', () => {
  it.each([
    ['an unknown view', subjectA, { type: 'rabbitmq.nonsense' }, ErrorCode.viewUnknown],
    ['a view without its object', subjectA, { type: 'rabbitmq.queue' }, ErrorCode.badRequest],
    ['an unknown instance', { instanceId: 'no-such' }, queues, ErrorCode.notFound],
    ['a Kafka view of a RabbitMQ instance', subjectA, { type: 'kafka.groups' }, ErrorCode.viewNotOffered],
    ['an instance view of a tenant', { tenantId: tenantA.id }, queues, ErrorCode.viewNotOffered],
    [
      'a queue outside the scope',
      subjectA,
      { type: 'rabbitmq.queue', vhost: 'b', name: 'secret' },
      ErrorCode.notFound,
    ],
    [
      'a queue that is not there',
      subjectA,
      { type: 'rabbitmq.queue', vhost: 'a', name: 'x' },
      ErrorCode.notFound,
    ],
  ])('answers %s and leaves the socket open', async (_what, subject, view, code) => {
    const client = await connect()
    client.send({ type: 'subscribe', id: 'x', ...subject, view })
    expect(await client.next('error')).toMatchObject({ id: 'x', code })
    client.subscribe('q', subjectA, queues)
    expect((await client.next('snapshot')).id).toBe('q')
    expect(client.received.filter(({ type }) => type === 'history')).toEqual([])
  })

  it('is not that of a queue made since the last idle reading: it is looked for first', async () => {
    const client = await connect()
    await expect.poll(() => weir.driver.reads('rabbitmq.totals')).toBe(2)
    // The script changes what the next reading says, without making one: as a broker does.
    weir.driver.prepare('rabbitmq.totals', totals({ 'a/orders': 3, 'a/young': 5 }))
    client.subscribe('y', subjectA, { type: 'rabbitmq.queue', vhost: 'a', name: 'young' })
    const snapshot = await client.next('snapshot')
    expect(snapshot.data).toMatchObject({ name: 'young', messages: 5 })
    expect(client.received.filter(({ type }) => type === 'error')).toEqual([])
  })

  it('is the 65th', async () => {
    const client = await connect()
    for (let n = 0; n <= limits.subscriptionsPerSocket; n += 1) client.subscribe(`q${n}`, subjectA, queues)
    expect(await client.next('error')).toMatchObject({ id: 'q64', code: ErrorCode.tooManySubscriptions })
  })
})

describe('a stream', () => {
  it('begins with a snapshot of the scope and nothing else', async () => {
    const client = await connect()
    client.subscribe('q', subjectA, queues)
    const snapshot = await client.next('snapshot')
    expect(snapshot.primary).toBe('rabbitmq.totals')
    expect(snapshot.data).toMatchObject([{ key: 'a/orders', messages: 3 }])
    expect(JSON.stringify(client.received)).not.toContain('secret')
  })

  it('goes on with what changed, numbered without a gap', async () => {
    const client = await connect()
    client.subscribe('q', subjectA, queues)
    const { seq, epoch } = await client.next('snapshot')
    weir.driver.push('rabbitmq.totals', totals({ 'a/orders': 503, 'a/new': 1, 'b/secret': 8 }))
    const delta = await client.next('delta', (message) => message.set !== undefined)
    expect(delta.epoch).toBe(epoch)
    expect(delta.seq).toBeGreaterThan(seq)
    expect(delta.set).toMatchObject([
      { key: 'a/orders', messages: 503 },
      { key: 'a/new', messages: 1 },
    ])
    const numbered = client.received.flatMap((message) => ('seq' in message ? [message.seq] : []))
    expect(numbered).toEqual(numbered.map((_, index) => (numbered[0] ?? 0) + index))
    weir.driver.push('rabbitmq.totals', totals({ 'a/new': 1 }))
    expect((await client.next('delta', (message) => message.remove !== undefined)).remove).toEqual([
      'a/orders',
    ])
  })

  it('tells a tick without change by its new age alone', async () => {
    const client = await connect()
    client.subscribe('q', subjectA, queues)
    await client.next('snapshot')
    const delta = await client.next('delta', (message) => message.sources === undefined)
    expect(Object.keys(delta).sort()).toEqual(['epoch', 'id', 'observedAt', 'seq', 'type'])
  })

  it('is the same frames for all who watch, and one read of the broker', async () => {
    const many = await Promise.all(Array.from({ length: 10 }, () => connect()))
    for (const client of many) client.subscribe('q', subjectA, queues)
    const [first, ...others] = await Promise.all(many.map((client) => client.next('snapshot')))
    for (const other of others) expect(other.epoch).toBe(first?.epoch)
    const before = weir.driver.reads('rabbitmq.totals')
    const [one] = many
    for (let ticks = 0; ticks < 3; ticks += 1) await one?.next('delta')
    expect(weir.driver.reads('rabbitmq.totals') - before).toBeLessThanOrEqual(4)
    expect(weir.driver.watches('rabbitmq.totals')).toBe(1)
  })

  it('is deflated for those who accept it, and says the same', async () => {
    const rows = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`a/queue-${n}`, n]))
    weir.driver.push('rabbitmq.totals', totals(rows))
    const [plain, small] = [await connect(), await connect({ deflate: true })]
    plain.subscribe('q', subjectA, queues)
    small.subscribe('q', subjectA, queues)
    const whole = (message: { data: unknown }) => Array.isArray(message.data) && message.data.length === 3_000
    const [a, b] = [await plain.next('snapshot', whole), await small.next('snapshot', whole)]
    expect(b.data).toEqual(a.data)
    expect(small.deflated).toBe(1)
    expect(plain.deflated).toBe(0)
  })

  it('says since when it is stale and why, and lives again by itself', async () => {
    const client = await connect()
    client.subscribe('q', subjectA, queues)
    await client.next('snapshot')
    const failedAt = Date.now()
    weir.driver.fail('rabbitmq.totals', new BrokerUnreachableError('GET /api/queues on 127.0.0.1: refused'))
    const stale = await client.next('stale')
    expect(stale.code).toBe(ErrorCode.brokerUnreachable)
    expect(stale.since).toBeGreaterThanOrEqual(failedAt)
    weir.driver.push('rabbitmq.totals', totals({ 'a/orders': 4 }))
    const delta = await client.next('delta', (message) => message.set !== undefined, 10_000)
    expect(delta.sources?.['rabbitmq.totals']?.stale).toBeNull()
    expect(delta.set).toMatchObject([{ messages: 4 }])
  }, 20_000)

  it('calls a broker that hangs stale within 5 s', async () => {
    const client = await connect()
    client.subscribe('q', subjectA, queues)
    await client.next('delta')
    const hungAt = Date.now()
    weir.driver.hang('rabbitmq.totals')
    const stale = await client.next('stale', undefined, 6_000)
    expect(stale.code).toBe(ErrorCode.brokerTimeout)
    expect(Date.now() - hungAt).toBeLessThan(5_000)
  }, 15_000)

  it('sends nothing to a paused tab, wants nothing for it, and one snapshot when it is back', async () => {
    const client = await connect()
    client.subscribe('q', subjectA, queues)
    await client.next('snapshot')
    client.send({ type: 'pause' })
    await expect.poll(() => weir.driver.wanted('rabbitmq.totals')?.cadenceMs, { timeout: 3_000 }).toBe(15_000)
    const heard = client.received.length
    const reads = weir.driver.reads('rabbitmq.totals')
    weir.driver.push('rabbitmq.totals', totals({ 'a/orders': 99 }))
    await expect.poll(() => weir.driver.reads('rabbitmq.totals')).toBe(reads + 1)
    client.send({ type: 'resume' })
    expect((await client.next('snapshot')).data).toMatchObject([{ messages: 99 }])
    expect(client.received.slice(heard).map((message) => message.type)[0]).toBe('snapshot')
  }, 15_000)

  it('reads focused rows only within the scope', async () => {
    const quorum = (name: string, vhost: string) => ({
      ...totals({ [`${vhost}/${name}`]: 1 }).get(`${vhost}/${name}`),
      type: 'quorum',
    })
    weir.driver.push(
      'rabbitmq.totals',
      new Map([
        ['a/q', quorum('q', 'a') as never],
        ['b/q', quorum('q', 'b') as never],
      ]),
    )
    const client = await connect()
    client.subscribe('q', subjectA, queues)
    await client.next('snapshot', ({ data }) => Array.isArray(data) && data[0]?.key === 'a/q')
    client.send({ type: 'focus', id: 'q', keys: ['a/q', 'b/q', 'a/none'] })
    await expect.poll(() => weir.driver.wanted('rabbitmq.declares')?.keys).toEqual(['a/q'])
  })
})

describe('one that goes down', () => {
  it('tells its clients to come back', async () => {
    const client = await connect()
    const closed = client.closed()
    await weir.close()
    expect((await closed).code).toBe(CloseCode.restart)
    weir = await startMemoryWeir()
  })
})
