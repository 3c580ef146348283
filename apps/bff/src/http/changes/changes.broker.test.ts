import { randomUUID } from 'node:crypto'
import { ErrorCode, MqttUser, queueKey, ResetPreview } from '@weir/contract'
import {
  describeOnBroker,
  kafkaTestTarget,
  mqttTestTarget,
  rabbitmqTestTarget,
  waitFor,
} from '@weir/drivers/testing'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type BrokerWeir, startBrokerWeir } from '../../testing/broker-weir.ts'
import { KafkaCorner } from '../../testing/kafka-corner.ts'
import { LiveView } from '../../testing/live-view.ts'
import { MosquittoCorner } from '../../testing/mosquitto-corner.ts'
import { RabbitmqCorner } from '../../testing/rabbitmq-corner.ts'

/** From the answer of a change to its effect in the live view. */
const SEEN_WITHIN_MS = 3_000
/** From the start of a Weir to the first rows. */
const STARTED_WITHIN_MS = 10_000

describeOnBroker('changes to RabbitMQ', 'TEST_RABBITMQ_MANAGEMENT_URL', rabbitmqTestTarget(), (target) => {
  const corner = new RabbitmqCorner(target)
  let weir: BrokerWeir<'rabbitmq'>
  let [ownVhost, otherVhost] = ['', '']
  const purge = (vhost: string, name: string, instanceId = 'a') =>
    weir.post(`/instances/${instanceId}/rabbitmq/queues/${vhost}/${name}/purge`)

  beforeAll(async () => {
    ownVhost = await corner.vhost()
    otherVhost = await corner.vhost()
    weir = await startBrokerWeir(target, { a: { vhosts: [ownVhost] }, b: { vhosts: [otherVhost] } })
  })
  afterAll(async () => {
    await weir.close()
    await corner.dispose()
  })

  it('purges a queue: the live view shows it empty, the audit log who did what', async () => {
    await corner.queue(ownVhost, 'orders', 500)
    const queues = await LiveView.open(weir.url, { instanceId: 'a' }, { type: 'rabbitmq.queues' })
    const whole = await LiveView.open(weir.url, { instanceId: 'whole' }, { type: 'rabbitmq.queues' })
    const key = queueKey(ownVhost, 'orders')
    await queues.until('500 ready', (rows) => rows.get(key)?.messages === 500, STARTED_WITHIN_MS)

    expect(await purge(ownVhost, 'orders')).toEqual({ status: 200, body: { messagesReadyBefore: 500 } })
    const isEmpty = (rows: ReadonlyMap<string, { messages?: unknown }>) => rows.get(key)?.messages === 0
    await queues.until('it to be empty', isEmpty, SEEN_WITHIN_MS)
    await whole.until('the operator to see it empty', isEmpty, SEEN_WITHIN_MS)
    expect(await corner.ready(ownVhost, 'orders')).toBe(0)
    expect((await weir.audit('a'))[0]).toMatchObject({
      ...{ actor: 'operator', tenantId: 'a', procedure: 'rabbitmq.purgeQueue' },
      ...{ target: `queue orders in vhost ${ownVhost}`, result: 'done', code: null },
      before: { messagesReady: 500 },
    })
    for (const view of [queues, whole]) view.close()
  })

  it('does not purge what is another tenant’s: it is not there, and the broker hears nothing', async () => {
    await corner.queue(otherVhost, 'secret', 7)
    const written = (await weir.audit('a')).length
    const reaching = vi.spyOn(weir.driver, 'purgeQueue')
    expect(await purge(otherVhost, 'secret')).toMatchObject({
      status: 404,
      body: { code: ErrorCode.notFound },
    })
    expect(reaching).not.toHaveBeenCalled()
    reaching.mockRestore()
    expect(await corner.ready(otherVhost, 'secret')).toBe(7)
    expect(await weir.audit('a')).toHaveLength(written)
    expect((await purge(otherVhost, 'secret', 'b')).status).toBe(200)
  })

  it('says in the broker’s words why a stream is not purged', async () => {
    await corner.queue(ownVhost, 'events', 3, 'stream')
    expect(await purge(ownVhost, 'events')).toMatchObject({
      status: 409,
      body: { code: ErrorCode.brokerRejected, reason: expect.stringContaining('not supported') },
    })
    expect((await weir.audit('a'))[0]).toMatchObject({ result: 'failed', code: ErrorCode.brokerRejected })
    expect(await purge(ownVhost, 'never-was')).toMatchObject({
      status: 404,
      body: { code: ErrorCode.brokerNotFound },
    })
  })
})

describeOnBroker('changes to Kafka', 'TEST_KAFKA_BROKERS', kafkaTestTarget(), (target) => {
  // The dot ends the prefix: `…other.` begins with the letters of the first one and is another tenant's.
  const name = `weir-test-${randomUUID().slice(0, 8)}`
  const [own, other] = [`${name}.`, `${name}other.`]
  let corner: KafkaCorner
  let weir: BrokerWeir<'kafka'>

  beforeAll(async () => {
    corner = await KafkaCorner.open(target)
    weir = await startBrokerWeir(target, {
      a: { topicPrefix: own, groupPrefix: own },
      b: { topicPrefix: other, groupPrefix: other },
    })
  })
  afterAll(async () => {
    await weir.close()
    await corner.dispose()
  })

  const create = (topic: string, more: object = {}) => {
    corner.adopt(topic)
    return weir.post('/instances/a/kafka/topics', { topic, partitions: 3, replicationFactor: 1, ...more })
  }
  const ofGroup = (groupId: string, path: string, body: object) =>
    weir.post(`/instances/a/kafka/groups/${groupId}/offset-reset${path}`, body)

  it('creates a topic: the live view shows it, ready for use', async () => {
    const topics = await LiveView.open(weir.url, { instanceId: 'a' }, { type: 'kafka.topics' })
    const topic = `${own}made`
    const settings = { cleanupPolicy: 'compact', retentionMs: 60_000 }
    expect(await create(topic, { ...settings, validateOnly: true })).toEqual({
      status: 200,
      body: { topic, created: false },
    })
    expect(await corner.has(topic)).toBe(false)
    expect(await weir.audit('a')).toEqual([])

    expect(await create(topic, settings)).toEqual({ status: 200, body: { topic, created: true } })
    const wanted = { partitions: 3, messages: 0, leaderlessPartitions: 0, ...settings }
    await topics.until(
      'the new topic with its settings',
      (rows) => Object.entries(wanted).every(([field, value]) => rows.get(topic)?.[field] === value),
      SEEN_WITHIN_MS,
    )
    expect((await weir.audit('a'))[0]).toMatchObject({
      ...{ procedure: 'kafka.createTopic', target: `topic ${topic}`, result: 'done', before: null },
      after: { partitions: 3, replicationFactor: 1, 'cleanup.policy': 'compact', 'retention.ms': '60000' },
    })
    topics.close()
  })

  it('says in the broker’s words why a topic is not created', async () => {
    const topic = `${own}twice`
    await create(topic)
    expect(await create(topic)).toMatchObject({
      status: 409,
      body: { code: ErrorCode.brokerRejected, reason: `Topic '${topic}' already exists.` },
    })
    expect((await weir.audit('a'))[0]).toMatchObject({ result: 'failed', code: ErrorCode.brokerRejected })
    expect(await create(`${own}wide`, { replicationFactor: 30 })).toMatchObject({
      status: 409,
      body: { reason: expect.stringContaining('replication factor of 30') },
    })
  })

  it('creates nothing outside the prefix, and the broker hears nothing', async () => {
    const written = (await weir.audit('a')).length
    const reaching = vi.spyOn(weir.driver, 'createTopic')
    for (const topic of [`${other}mine`, name, `${name}_mine`, '__mine']) {
      for (const validateOnly of [true, false]) {
        const answer = await create(topic, { validateOnly })
        expect(answer).toMatchObject({ status: 404, body: { code: ErrorCode.notFound } })
      }
    }
    expect(reaching).not.toHaveBeenCalled()
    reaching.mockRestore()
    expect(await corner.has(`${other}mine`)).toBe(false)
    expect(await weir.audit('a')).toHaveLength(written)
  })

  it('resets a group to what the preview showed: the lag is in the live view, and the way back in the answer', async () => {
    const [topic, groupId] = [`${own}orders`, `${own}billing`]
    await corner.topic(topic, 2, 100)
    await corner.commit(groupId, topic, [80, 100])
    const groups = await LiveView.open(weir.url, { instanceId: 'a' }, { type: 'kafka.groups' })
    const group = await LiveView.open(weir.url, { instanceId: 'a' }, { type: 'kafka.group', groupId })
    await groups.until('a lag of 20', (rows) => rows.get(groupId)?.lag === 20, STARTED_WITHIN_MS)

    const previewed = await ofGroup(groupId, '/preview', { topic, to: { type: 'shift', by: -30 } })
    const preview = ResetPreview.parse(previewed.body)
    expect(preview).toEqual({
      ...{ groupId, topic, members: 0, state: 'Empty' },
      partitions: [
        { partition: 0, from: '80', to: '50', readAgain: 30, skipped: 0 },
        { partition: 1, from: '100', to: '70', readAgain: 30, skipped: 0 },
      ],
    })
    expect(await corner.committed(groupId, topic)).toEqual(['80', '100'])

    const offsets = preview.partitions.map(({ partition, to }) => ({ partition, offset: to }))
    const before = preview.partitions.map(({ partition, from }) => ({ partition, offset: from }))
    expect(await ofGroup(groupId, '', { topic, offsets })).toEqual({ status: 200, body: { before } })
    await groups.until('a lag of 80', (rows) => rows.get(groupId)?.lag === 80, SEEN_WITHIN_MS)
    await group.until(
      'the commits',
      (rows) => [0, 1].map((p) => rows.get(`${topic}-${p}`)?.committedOffset).join() === '50,70',
      SEEN_WITHIN_MS,
    )
    expect(await corner.committed(groupId, topic)).toEqual(['50', '70'])
    expect((await weir.audit('a'))[0]).toMatchObject({
      ...{ procedure: 'kafka.resetOffsets', target: `group ${groupId} on topic ${topic}`, result: 'done' },
      ...{ before: { offsets: before }, after: { offsets } },
    })

    expect((await ofGroup(groupId, '', { topic, offsets: before })).status).toBe(200)
    await groups.until('the lag it had', (rows) => rows.get(groupId)?.lag === 20, SEEN_WITHIN_MS)
    for (const view of [groups, group]) view.close()
  })

  it('leaves a group with a member alone, and says so before and after', async () => {
    const [topic, groupId] = [`${own}live`, `${own}live`]
    await corner.topic(topic, 1, 10)
    await corner.join(groupId, topic)
    const preview = await ofGroup(groupId, '/preview', { topic, to: { type: 'earliest' } })
    expect(preview.body).toMatchObject({ members: 1, state: 'Stable' })
    expect(await ofGroup(groupId, '', { topic, offsets: [{ partition: 0, offset: '0' }] })).toMatchObject({
      status: 409,
      body: { code: ErrorCode.brokerRejected, reason: expect.stringContaining('1 active member') },
    })
    expect((await weir.audit('a'))[0]).toMatchObject({ result: 'failed', code: ErrorCode.brokerRejected })
  })

  it('neither previews nor resets what is another tenant’s, and the broker hears nothing', async () => {
    await corner.topic(`${other}orders`, 1, 10)
    await corner.commit(`${other}billing`, `${other}orders`, [4])
    const written = (await weir.audit('a')).length
    const reaching = [
      vi.spyOn(weir.driver, 'planOffsetReset'),
      vi.spyOn(weir.driver, 'committedOffsets'),
      vi.spyOn(weir.driver, 'commitOffsets'),
    ]
    const foreign = [
      { groupId: `${other}billing`, topic: `${other}orders` },
      { groupId: `${other}billing`, topic: `${own}orders` },
      // A commit on another's topic would tell where its log begins and ends.
      { groupId: `${own}billing`, topic: `${other}orders` },
    ]
    for (const { groupId, topic } of foreign) {
      const refused = { status: 404, body: { code: ErrorCode.notFound } }
      expect(await ofGroup(groupId, '/preview', { topic, to: { type: 'latest' } })).toMatchObject(refused)
      const offsets = [{ partition: 0, offset: '0' }]
      expect(await ofGroup(groupId, '', { topic, offsets })).toMatchObject(refused)
    }
    for (const spy of reaching) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
    expect(await corner.committed(`${other}billing`, `${other}orders`)).toEqual(['4'])
    expect(await weir.audit('a')).toHaveLength(written)
  })
})

describeOnBroker('changes to Mosquitto', 'TEST_MQTT_URL', mqttTestTarget(), (target) => {
  const name = `weir-test-${randomUUID().slice(0, 8)}`
  const [own, other] = [`${name}-`, `${name}other-`]
  const [ada, eve] = [`${own}ada`, `${other}eve`]
  let corner: MosquittoCorner
  let weir: BrokerWeir<'mqtt'>

  beforeAll(async () => {
    corner = await MosquittoCorner.open(target)
    await corner.user(ada, `${name}/`)
    await corner.user(eve, `${name}other/`)
    weir = await startBrokerWeir(target, {
      a: { topicPrefix: `${name}/`, usernamePrefix: own },
      b: { topicPrefix: `${name}other/`, usernamePrefix: other },
    })
  })
  afterAll(async () => {
    await weir.close()
    await corner.dispose()
  })

  const users = async (instanceId = 'a') =>
    MqttUser.array().parse((await weir.get(`/instances/${instanceId}/mqtt/users`)).body)
  const change = (username: string, what: 'disable' | 'enable', instanceId = 'a') =>
    weir.post(`/instances/${instanceId}/mqtt/users/${username}/${what}`)

  it('disables a user: its connections, listed before, are cut and gone from the live view; and enables it', async () => {
    const clients = await LiveView.open(weir.url, { instanceId: 'a' }, { type: 'mqtt.clients' })
    await clients.client.next('snapshot', () => true, STARTED_WITHIN_MS)
    const ids = [`${ada}-1`, `${ada}-2`]
    const connected = await Promise.all(ids.map((id) => corner.connect(ada, id)))
    await clients.until('both clients', (rows) => ids.every((id) => rows.has(id)), SEEN_WITHIN_MS)
    expect(await users()).toEqual([
      { username: ada, disabled: false, roles: [`role-${ada}`], clientIds: expect.arrayContaining(ids) },
    ])

    const disabled = await change(ada, 'disable')
    expect(disabled).toEqual({ status: 200, body: { clientIds: expect.arrayContaining(ids) } })
    await clients.until('both to be gone', (rows) => !ids.some((id) => rows.has(id)), SEEN_WITHIN_MS)
    await waitFor('both to be cut', () => connected.every((client) => !client.connected))
    expect(await users()).toMatchObject([{ disabled: true, clientIds: [] }])
    await expect(corner.connect(ada, `${ada}-3`)).rejects.toThrow()
    expect((await weir.audit('a'))[0]).toMatchObject({
      ...{ procedure: 'mqtt.disableUser', target: `user ${ada}`, result: 'done', after: { disabled: true } },
      before: { disabled: false, clientIds: expect.arrayContaining(ids) },
    })

    expect(await change(ada, 'enable')).toEqual({ status: 200, body: { username: ada } })
    await corner.connect(ada, `${ada}-3`)
    await clients.until('it to be back', (rows) => rows.has(`${ada}-3`), SEEN_WITHIN_MS)
    expect((await weir.audit('a'))[0]).toMatchObject({
      ...{ procedure: 'mqtt.enableUser', result: 'done' },
      ...{ before: { disabled: true }, after: { disabled: false } },
    })
    clients.close()
  })

  it('does not disable what is another tenant’s: it is not there, and the broker hears nothing', async () => {
    const eves = await corner.connect(eve, `${eve}-1`)
    const written = (await weir.audit('a')).length
    const { dynamicSecurity } = weir.driver
    const reaching = (['listUsers', 'disableUser', 'enableUser'] as const).map((operation) =>
      vi.spyOn(dynamicSecurity, operation),
    )
    for (const what of ['disable', 'enable'] as const) {
      expect(await change(eve, what)).toMatchObject({ status: 404, body: { code: ErrorCode.notFound } })
    }
    for (const spy of reaching) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
    expect((await users('b')).map(({ username, disabled }) => [username, disabled])).toEqual([[eve, false]])
    expect(eves.connected).toBe(true)
    expect(await weir.audit('a')).toHaveLength(written)
  })

  it('says of a user that is not there the same as of another tenant’s', async () => {
    const answers = [await change(eve, 'disable'), await change(`${own}nobody`, 'disable')]
    const told = answers.map(({ status, body }) => [status, { ...(body as object), requestId: null }])
    expect(told[0]).toEqual(told[1])
  })

  it('never lets Weir disable the account that it connects with', async () => {
    const refused = await change(target.username ?? '', 'disable', 'whole')
    expect(refused).toMatchObject({
      status: 409,
      body: { code: ErrorCode.brokerRejected, reason: expect.stringContaining('Weir itself') },
    })
    expect((await weir.audit('whole'))[0]).toMatchObject({ result: 'failed', code: ErrorCode.brokerRejected })
  })
})
