import type { MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MqttTarget } from '../driver.ts'
import {
  createDemand,
  describeDriver,
  describeOnAges,
  fixedDemand,
  mqttAges,
  mqttOnRabbitmqAges,
  readingWhere,
  waitFor,
  within,
} from '../testing/index.ts'
import { createMqttDriver, type MqttDriver } from './mqtt-driver.ts'
import type { MqttClientReading, MqttClientsReading } from './readings.ts'
import { describeOnOwnMosquitto, type OwnMosquitto } from './testing/own-mosquitto.ts'
import { createTestClients, kill, type TestClients } from './testing/test-clients.ts'

const addressOf = async (host: string) => host
const demand = fixedDemand({ cadenceMs: 500 })

describeOnAges('MQTT', mqttAges(), (target, { age, release }) => {
  describeDriver(`mqtt${age}`, () => ({
    sources: [{ source: 'mqtt.sys' }, { source: 'mqtt.clients' }],
    release,
    secrets: target.password === null ? [] : [target.password],
    connect: () => createMqttDriver(target, addressOf),
    connectWith: (fault) => {
      const changed =
        'password' in fault
          ? { ...target, password: fault.password }
          : { ...target, urls: [`mqtt://${fault.host}:${fault.port}`] }
      return createMqttDriver(changed, addressOf)
    },
    dispose: async () => {},
  }))

  describe('a Mosquitto with dynamic security', () => {
    const driver = createMqttDriver(target, addressOf)
    afterAll(() => driver.close())

    it('tells its features', async () => {
      const { version, features } = await driver.capabilities(AbortSignal.timeout(10_000))
      expect(version).toMatch(/^2\.\d+\.\d+/)
      expect(features).toEqual({
        sysTree: { available: true },
        logTopic: { available: true },
        mqtt5: { available: true },
        dynsec: { available: true },
      })
    })
  })
})

describeOnAges('MQTT on RabbitMQ', mqttOnRabbitmqAges(), (target) => {
  it('says that there is no $SYS, and lists nobody', async () => {
    const driver = createMqttDriver(target, addressOf)
    const note = 'RabbitMQ publishes no $SYS'
    const sys = await readingWhere(driver, 'mqtt.sys', demand, () => true)
    expect(sys.completeness).toEqual({ complete: false, note })
    expect(sys.data.values.size).toBe(0)
    const clients = await readingWhere(driver, 'mqtt.clients', demand, () => true)
    expect(clients.completeness).toEqual({ complete: false, note })
    expect(clients.data.clients.size).toBe(0)
    const { features } = await driver.capabilities(AbortSignal.timeout(10_000))
    expect(features.sysTree).toEqual({ available: false, reason: note })
    await driver.close()
  })
})

describeOnOwnMosquitto('a Mosquitto of our own', (startOwnMosquitto) => {
  let broker: OwnMosquitto
  let clients: TestClients
  const drivers: MqttDriver[] = []

  beforeAll(async () => {
    broker = await startOwnMosquitto([
      'sys_interval 1',
      'log_dest topic',
      'log_type all',
      'max_inflight_messages 1',
      'max_queued_messages 5',
    ])
    clients = createTestClients(broker.url)
  })
  afterEach(async () => {
    clients.endAll()
    await Promise.all(drivers.splice(0).map((driver) => driver.close()))
  })
  afterAll(() => broker.stop())

  const driverFor = (target: MqttTarget = broker.target) => {
    const driver = createMqttDriver(target, addressOf)
    drivers.push(driver)
    return driver
  }
  /** The list, once it is as wanted; without our own monitor. */
  const listWhere = async (
    driver: MqttDriver,
    isIt: (others: MqttClientReading[], reading: { complete: boolean; data: MqttClientsReading }) => boolean,
    withinMs = 10_000,
  ) => {
    const reading = await readingWhere(
      driver,
      'mqtt.clients',
      demand,
      ({ data, completeness }) => isIt(others(data), { complete: completeness.complete, data }),
      withinMs,
    )
    return others(reading.data)
  }
  const connectMany = (count: number, prefix: string) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        clients.connect(`${prefix}${index}`, {
          username: `user-${index}`,
          password: 'any',
          keepalive: 30 + index,
          clean: index % 2 === 0,
          protocolVersion: index % 3 === 0 ? 5 : 4,
        }),
      ),
    )

  it('lists 25 clients with what they are within 3 s, and exactly these go when they are killed', async () => {
    const driver = driverFor()
    await listWhere(driver, (others, { complete }) => others.length === 0 && complete)
    const many = await connectMany(25, 'light ')
    await Promise.all(many.map((client, index) => client.subscribeAsync(`home/${index}/#`)))
    const listed = await listWhere(
      driver,
      (others) => others.length === 25 && others.every(({ subscriptions }) => subscriptions.length === 1),
      3_000,
    )
    expect(Object.fromEntries(listed.map((client) => [client.clientId, client]))).toMatchObject(
      Object.fromEntries(
        many.map((_, index) => [
          `light ${index}`,
          {
            username: `user-${index}`,
            protocolVersion: index % 3 === 0 ? '5.0' : '3.1.1',
            keepAlive: 30 + index,
            cleanStart: index % 2 === 0,
            subscriptions: [`home/${index}/#`],
            takeovers: 0,
            drops: 0,
            confirmed: true,
          },
        ]),
      ),
    )
    expect(listed.every(({ address }) => /^127\.0\.0\.1:\d+$/.test(address ?? ''))).toBe(true)

    const stays = await clients.connect('stays')
    await listWhere(driver, (others) => others.length === 26, 3_000)
    for (const client of many) kill(client)
    const left = await listWhere(driver, (others) => others.length === 1, 3_000)
    expect(left.map(({ clientId }) => clientId)).toEqual(['stays'])
    stays.end()
    await listWhere(driver, (others) => others.length === 0, 3_000)
  })

  it('counts as many as connected', async () => {
    const driver = driverFor()
    const connected = (data: { values: ReadonlyMap<string, { value: string }> }) =>
      Number(data.values.get('clients/connected')?.value)
    await readingWhere(driver, 'mqtt.sys', demand, ({ data }) => connected(data) === 1)
    await connectMany(7, 'counted-')
    await readingWhere(driver, 'mqtt.sys', demand, ({ data }) => connected(data) === 8, 4_000)
    await listWhere(driver, (others, { complete }) => others.length === 7 && complete)
  })

  it('counts takeovers, connects and drops', async () => {
    const driver = driverFor()
    await listWhere(driver, (others, { complete }) => others.length === 0 && complete)
    await clients.connect('fought over')
    await clients.connect('fought over')
    await clients.connect('fought over')
    const slow: MqttClient = await clients.connect('slow (p2, c1, k5).')
    slow.handleMessage = () => {} // never acknowledges
    await slow.subscribeAsync('slow', { qos: 1 })
    const fast = await clients.connect('fast')
    await Promise.all(Array.from({ length: 20 }, () => fast.publishAsync('slow', 'x', { qos: 1 })))
    const listed = await listWhere(driver, (others) => others.some(({ drops }) => drops > 0))
    const byId = new Map(listed.map((client) => [client.clientId, client]))
    expect(byId.get('fought over')).toMatchObject({ takeovers: 2, drops: 0 })
    expect(byId.get('fought over')?.recentConnects).toHaveLength(3)
    expect(byId.get('slow (p2, c1, k5).')).toMatchObject({ drops: 1, takeovers: 0 })
    await readingWhere(
      driver,
      'mqtt.sys',
      demand,
      ({ data }) => Number(data.values.get('publish/messages/dropped')?.value) >= 13,
      5_000,
    )
  })

  it('says how many it has seen where some were there before, and who turns out to be one', async () => {
    const early = await connectMany(3, 'early-')
    const driver = driverFor()
    const reading = await readingWhere(
      driver,
      'mqtt.clients',
      demand,
      ({ completeness }) => !completeness.complete && completeness.note.includes('seen since'),
    )
    expect(reading.completeness).toMatchObject({
      note: expect.stringMatching(/^1 of 4 connected clients seen since \d\d:\d\d UTC$/),
    })
    await early[1]?.subscribeAsync('a/b')
    const listed = await listWhere(driver, (others) => others.length === 1)
    expect(listed[0]).toMatchObject({
      clientId: 'early-1',
      username: null,
      subscriptions: ['a/b'],
      confirmed: true,
    })
  })

  it('confirms a restored list by the count, and drops who is gone', async () => {
    const before = driverFor()
    await listWhere(before, (_, { complete }) => complete)
    const many = await connectMany(4, 'kept-')
    const ids = ['kept-0', 'kept-1', 'kept-2', 'kept-3']
    await listWhere(before, (others) => others.length === 4)
    // With the old monitor in it, as a saved list has.
    const { data } = await readingWhere(before, 'mqtt.clients', demand, () => true)
    const saved = [...data.clients.values()]
    expect(saved).toHaveLength(5)
    await before.close()

    const after = driverFor()
    after.restoreClients(saved)
    const restored = await listWhere(after, (others) => others.length === 4)
    expect(restored.map(({ clientId }) => clientId).sort()).toEqual(ids)
    expect(restored.every(({ confirmed }) => !confirmed)).toBe(true)
    await listWhere(after, (others, { complete }) => complete && others.every(({ confirmed }) => confirmed))

    for (const client of many) kill(client)
    await listWhere(after, (others) => others.length === 0)
    await after.close()
    const again = driverFor()
    again.restoreClients(saved)
    const left = await readingWhere(
      again,
      'mqtt.clients',
      demand,
      ({ completeness }) => completeness.complete,
    )
    expect([...left.data.clients.keys()]).toHaveLength(1)
  })

  it('takes off the $SYS values from what is retained, exactly', async () => {
    const driver = driverFor()
    const client = await clients.connect('keeper')
    const keep = async (payload: string) => {
      for (let index = 0; index < 5; index++) {
        await client.publishAsync(`kept/${index}`, payload, { qos: 1, retain: true })
      }
    }
    const own = (data: { values: ReadonlyMap<string, { value: string }>; sysTopics: number }) =>
      Number(data.values.get('retained messages/count')?.value) - data.sysTopics
    await keep('x')
    await readingWhere(driver, 'mqtt.sys', demand, ({ data }) => own(data) === 5)
    await keep('')
    await readingWhere(driver, 'mqtt.sys', demand, ({ data }) => own(data) === 0)
  })

  it('keeps one connection for all watches', async () => {
    const driver = driverFor()
    const stop = new AbortController()
    const watches = Array.from({ length: 5 }, () => [
      driver.watch('mqtt.sys', demand, stop.signal)[Symbol.asyncIterator](),
      driver.watch('mqtt.clients', demand, stop.signal)[Symbol.asyncIterator](),
    ]).flat()
    await within(10_000, 'first readings', Promise.all(watches.map((watch) => watch.next())))
    const { data } = await readingWhere(
      driver,
      'mqtt.clients',
      demand,
      ({ completeness }) => completeness.complete,
    )
    expect(data.clients.size).toBe(1)
    expect([...data.clients.values()][0]).toMatchObject({ confirmed: true, subscriptions: ['$SYS/broker/#'] })
    stop.abort()
  })
})

describeOnOwnMosquitto('a Mosquitto in trouble', (startOwnMosquitto) => {
  it('is told frozen within 5 s, to every watch, and read again when it thaws', async () => {
    const broker = await startOwnMosquitto()
    const clients = createTestClients(broker.url)
    const driver = createMqttDriver(broker.target, addressOf)
    try {
      await clients.connect('stays', { keepalive: 600 })
      const stop = new AbortController()
      const sys = driver.watch('mqtt.sys', demand, stop.signal)[Symbol.asyncIterator]()
      const list = driver.watch('mqtt.clients', demand, stop.signal)[Symbol.asyncIterator]()
      await Promise.all([sys.next(), list.next()])
      broker.freeze()
      for (const watch of [sys, list]) {
        const failed = within(5_000, 'the error', drain(watch))
        await expect(failed).rejects.toMatchObject({ code: 'BROKER_TIMEOUT', retryable: true })
      }
      broker.thaw()
      await readingWhere(driver, 'mqtt.clients', demand, ({ data }) => data.clients.size > 0)
      await readingWhere(driver, 'mqtt.sys', demand, ({ data }) => data.values.size > 20)
    } finally {
      clients.endAll()
      await driver.close()
      await broker.stop()
    }
  })

  it('empties the list when it was restarted, and recovers by itself', async () => {
    const broker = await startOwnMosquitto()
    const clients = createTestClients(broker.url)
    const driver = createMqttDriver(broker.target, addressOf)
    try {
      const watch = driver.watch('mqtt.clients', demand, new AbortController().signal)[Symbol.asyncIterator]()
      await watch.next()
      await clients.connect('before')
      const first = await readingWhere(driver, 'mqtt.clients', demand, (reading) =>
        reading.data.clients.has('before'),
      )
      const { seenSince } = first.data
      // Up for longer than the tolerance on its clock, so that a start anew is beyond doubt.
      const { data } = await readingWhere(
        driver,
        'mqtt.sys',
        demand,
        (reading) => uptime(reading.data) >= 8,
        15_000,
      )
      const countedAt = data.countedAt ?? Number.NaN
      await broker.restart()
      await expect(within(5_000, 'the error', drain(watch))).rejects.toMatchObject({
        code: 'BROKER_UNREACHABLE',
        retryable: true,
      })
      const empty = await readingWhere(
        driver,
        'mqtt.clients',
        demand,
        ({ completeness }) => completeness.complete,
      )
      expect(others(empty.data)).toEqual([])
      expect(empty.data.seenSince).toBeGreaterThan(seenSince)
      await clients.connect('after')
      await readingWhere(
        driver,
        'mqtt.clients',
        demand,
        (reading) => reading.data.clients.has('after'),
        3_000,
      )
      const sys = await readingWhere(driver, 'mqtt.sys', demand, (reading) => uptime(reading.data) < 8)
      expect(sys.data.countedAt).toBeGreaterThan(countedAt)
    } finally {
      clients.endAll()
      await driver.close()
      await broker.stop()
    }
  })

  it('listens again by itself when the broker is back, though nobody asks', async () => {
    const broker = await startOwnMosquitto()
    const clients = createTestClients(broker.url)
    const driver = createMqttDriver(broker.target, addressOf)
    try {
      await readingWhere(driver, 'mqtt.clients', demand, () => true)
      await broker.restart()
      const observer = await clients.connect('observer')
      let subscriptions = ''
      observer.on('message', (_topic, payload) => {
        subscriptions = payload.toString()
      })
      await observer.subscribeAsync('$SYS/broker/subscriptions/count')
      await waitFor("the monitor's subscription beside this one", () => subscriptions === '2')
      await clients.connect('after', { username: 'joe', password: 'any' })
      const { data } = await readingWhere(driver, 'mqtt.clients', demand, (reading) =>
        reading.data.clients.has('after'),
      )
      expect(data.clients.get('after')).toMatchObject({ username: 'joe', confirmed: true })
    } finally {
      clients.endAll()
      await driver.close()
      await broker.stop()
    }
  })

  it.each([
    ['log_dest is not topic', ['sys_interval 1', 'log_dest stdout'], /publishes no log/],
    ['$SYS is switched off', ['sys_interval 0', 'log_dest stdout'], /no \$SYS values/],
  ])('says why nobody can be listed where %s', async (_, lines, why) => {
    const broker = await startOwnMosquitto(lines)
    const driver = createMqttDriver(broker.target, addressOf)
    try {
      const { data, completeness } = await readingWhere(driver, 'mqtt.clients', demand, () => true)
      expect(data.clients.size).toBe(0)
      expect(completeness).toMatchObject({ complete: false, note: expect.stringMatching(why) })
      const { features } = await driver.capabilities(AbortSignal.timeout(10_000))
      expect(features.logTopic).toMatchObject({ available: false, reason: expect.stringMatching(why) })
      expect(features.dynsec).toMatchObject({ available: false })
    } finally {
      await driver.close()
      await broker.stop()
    }
  })

  it('lists by the connection lines alone where subscriptions are not logged', async () => {
    const broker = await startOwnMosquitto(['sys_interval 1', 'log_dest topic'])
    const clients = createTestClients(broker.url)
    const driver = createMqttDriver(broker.target, addressOf)
    try {
      await readingWhere(driver, 'mqtt.clients', demand, ({ completeness }) => completeness.complete)
      await clients.connect('late')
      await readingWhere(driver, 'mqtt.clients', demand, ({ data }) => data.clients.has('late'))
    } finally {
      clients.endAll()
      await driver.close()
      await broker.stop()
    }
  })

  it('wakes when a demand asks for more', async () => {
    const broker = await startOwnMosquitto(['sys_interval 0', 'log_dest stdout'])
    const driver = createMqttDriver(broker.target, addressOf)
    try {
      const slow = createDemand({ cadenceMs: 600_000 })
      const watch = driver.watch('mqtt.sys', slow, new AbortController().signal)[Symbol.asyncIterator]()
      await watch.next()
      let told = 0
      const next = watch.next().then(() => {
        told += 1
      })
      await waitFor('a moment without news', () => told === 0)
      slow.set({ cadenceMs: 100 })
      await within(3_000, 'the next reading', next)
      expect(told).toBe(1)
    } finally {
      await driver.close()
      await broker.stop()
    }
  })
})

function others({ clients }: MqttClientsReading): MqttClientReading[] {
  return [...clients.values()].filter(({ clientId }) => !/^weir-[0-9a-f]{16}$/.test(clientId))
}

function uptime({ values }: { values: ReadonlyMap<string, { value: string }> }): number {
  return Number.parseInt(values.get('uptime')?.value ?? '', 10)
}

async function drain(watch: AsyncIterator<unknown>): Promise<void> {
  while (!(await watch.next()).done);
}
