import { type Instance, MqttClientRow, MqttOverview, type MqttScope } from '@weir/contract'
import type { MqttClientReading, MqttSysReading } from '@weir/drivers'
import { describe, expect, it } from 'vitest'
import { derive } from '../store/derive-all.ts'
import { ReadingStore } from '../store/reading-store.ts'
import { mqttClients } from './mqtt-clients.ts'
import { mqttOverview } from './mqtt-overview.ts'
import { mqttFigures } from './summary-mqtt.ts'
import type { Part } from './view-definition.ts'

const T = 1_700_000_000_000
const OWN: MqttScope = { topicPrefix: 'acme/', usernamePrefix: 'acme-' }
const ALL: MqttScope = { all: true }

/** One cluster's readings, seen with any scope. */
function cluster() {
  const store = new ReadingStore()
  const derived = derive(store)
  const part = (scope: MqttScope): Part => {
    const instance: Instance = {
      id: JSON.stringify(scope),
      tenantId: 'acme',
      slug: 'm',
      name: 'M',
      clusterId: 'c',
      clusterName: 'C',
      kind: 'mqtt',
      scope,
    }
    return { instance, unavailable: null, slot: (source) => store.get('c', source), derived }
  }
  const put = (source: 'mqtt.sys' | 'mqtt.clients', data: unknown, at: number) => {
    const cost = { requests: 0, durationMs: 0 }
    store.put('c', source, { data, observedAt: at, completeness: { complete: true }, cost }, 1_000)
  }
  return {
    part,
    sys(values: Record<string, string>, at = T, more: Partial<MqttSysReading> = {}) {
      const entries = Object.entries(values).map(
        ([topic, value]) => [topic, { value, observedAt: at }] as const,
      )
      put('mqtt.sys', { values: new Map(entries), sysTopics: 0, countedAt: at, ...more }, at)
    },
    clients(clients: readonly MqttClientReading[], seenSince = T) {
      put('mqtt.clients', { clients: new Map(clients.map((one) => [one.clientId, one])), seenSince }, T)
    },
  }
}

function client(clientId: string, username: string | null): MqttClientReading {
  return {
    clientId,
    username,
    address: '10.0.0.1:1',
    protocolVersion: '5.0',
    cleanStart: true,
    keepAlive: 60,
    connectedAt: T,
    subscriptions: ['a/#'],
    drops: 1,
    takeovers: 2,
    recentConnects: [T - 2, T - 1, T],
    confirmed: true,
  }
}

const everybody = [
  client('light', 'acme-light'),
  client('heat', 'acme-heat'),
  client('other', 'acmetoo-light'),
  client('nobody', null),
  client('monitor', 'admin'),
]

function overviewOf(part: Part): MqttOverview {
  const projection = mqttOverview.project([part], { type: 'mqtt.overview' })
  if (projection.status !== 'record') throw new Error(projection.status)
  return MqttOverview.strict().parse(projection.record)
}

function rowsOf(part: Part): MqttClientRow[] {
  const projection = mqttClients.project([part], { type: 'mqtt.clients' })
  if (projection.status !== 'rows') throw new Error(projection.status)
  return projection.rows.map((row) => MqttClientRow.strict().parse(row))
}

describe('mqtt.clients', () => {
  it('waits for the first list', () => {
    expect(mqttClients.project([cluster().part(ALL)], { type: 'mqtt.clients' })).toEqual({
      status: 'waiting',
    })
  })

  it('shows every client of a whole cluster, keyed by its id', () => {
    const { part, clients } = cluster()
    clients(everybody)
    expect(rowsOf(part(ALL)).map(({ key }) => key)).toEqual(['light', 'heat', 'other', 'nobody', 'monitor'])
    expect(rowsOf(part(ALL))[0]).toEqual({
      key: 'light',
      clientId: 'light',
      username: 'acme-light',
      address: '10.0.0.1:1',
      protocolVersion: '5.0',
      cleanStart: true,
      keepAlive: 60,
      connectedAt: T,
      subscriptions: ['a/#'],
      drops: 1,
      takeovers: 2,
      recentConnects: 3,
      confirmed: true,
      seenSince: T,
    })
  })

  it('shows a share its own users alone, and nobody whose user is unknown', () => {
    const { part, clients } = cluster()
    clients(everybody)
    expect(rowsOf(part(OWN)).map(({ key }) => key)).toEqual(['light', 'heat'])
  })
})

describe('mqtt.overview', () => {
  const values = {
    version: 'mosquitto version 2.0.11',
    uptime: '38 seconds',
    'clients/connected': '5',
    'clients/disconnected': '2',
    'clients/total': '7',
    'subscriptions/count': '9',
    'retained messages/count': '58',
    'messages/received': '100',
    'messages/sent': '100',
    'bytes/received': '1000',
    'bytes/sent': '1000',
    'publish/messages/received': '10',
    'publish/messages/sent': '10',
    'publish/messages/dropped': '4',
  }

  it('waits for the first values', () => {
    expect(mqttOverview.project([cluster().part(ALL)], { type: 'mqtt.overview' })).toEqual({
      status: 'waiting',
    })
  })

  it('shows the figures of a whole broker, with the age of each', () => {
    const { part, sys, clients } = cluster()
    sys(values, T, { sysTopics: 53 })
    clients(everybody, T - 5)
    expect(overviewOf(part(ALL))).toMatchObject({
      version: '2.0.11',
      uptimeSeconds: 38,
      clientsConnected: 5,
      clientsDisconnected: 2,
      clientsTotal: 7,
      subscriptions: 9,
      retainedMessages: 5,
      publishDropped: 4,
      publishReceivedPerSecond: null,
      clientsSeen: 5,
      seenSince: T - 5,
      observedAt: { uptimeSeconds: T, retainedMessages: T, publishDroppedPerSecond: T },
    })
  })

  it('waits with what clients retained for a count that it can take its own values off', () => {
    const { part, sys } = cluster()
    sys({ 'retained messages/count': '40' }, T, { sysTopics: 52, countedAt: null })
    expect(overviewOf(part(ALL)).retainedMessages).toBeNull()
  })

  it('draws rates from the ticks of the broker, not from when readings came', () => {
    const { part, sys } = cluster()
    sys(values)
    const later = { ...values, 'publish/messages/received': '30', 'bytes/sent': '3000' }
    sys(later, T + 3_900, { countedAt: T + 4_000 })
    // The same again: a sign of life between two ticks.
    sys(later, T + 5_000, { countedAt: T + 4_000 })
    expect(overviewOf(part(ALL))).toMatchObject({
      publishReceivedPerSecond: 5,
      bytesSentPerSecond: 500,
      messagesSentPerSecond: 0,
      publishDroppedPerSecond: 0,
    })
  })

  it('leaves null what the broker has not told, and what it miscounts', () => {
    const { part, sys } = cluster()
    sys({ 'clients/connected': '3' })
    const record = overviewOf(part(ALL))
    expect(record.observedAt).toEqual({ clientsConnected: T })
    expect(record).toMatchObject({
      version: null,
      uptimeSeconds: null,
      publishDropped: null,
      clientsSeen: null,
    })
    for (const wrong of ['-1', '4294967295', 'none']) {
      sys({ 'clients/disconnected': wrong })
      expect(overviewOf(part(ALL)).clientsDisconnected).toBeNull()
    }
  })

  it('tells a share the number of its own clients and the version, and nothing else of the broker', () => {
    const { part, sys, clients } = cluster()
    sys(values)
    clients(everybody)
    const { version, clientsConnected, clientsSeen, seenSince, observedAt, ...rest } = overviewOf(part(OWN))
    expect({ version, clientsConnected, clientsSeen, seenSince, observedAt }).toEqual({
      version: '2.0.11',
      clientsConnected: 2,
      clientsSeen: 2,
      seenSince: T,
      observedAt: {},
    })
    expect(Object.values(rest).every((value) => value === null)).toBe(true)
  })

  it('does not count nobody as 0 where the log of the broker does not come', () => {
    const { part, sys, clients } = cluster()
    sys(values)
    clients([])
    expect(overviewOf(part(OWN))).toMatchObject({
      clientsConnected: null,
      clientsSeen: null,
      seenSince: null,
    })
    clients([client('monitor', 'admin')])
    expect(overviewOf(part(OWN))).toMatchObject({ clientsConnected: 0, clientsSeen: 0, seenSince: T })
  })
})

describe('MQTT summed up', () => {
  it('counts the broker for the whole, and own clients for a share, without foreign rates', () => {
    const { part, sys, clients } = cluster()
    expect(mqttFigures(part(ALL))).toBeNull()
    const values = {
      'clients/connected': '9',
      'publish/messages/received': '0',
      'publish/messages/sent': '0',
    }
    sys(values)
    sys({ ...values, 'publish/messages/received': '20', 'publish/messages/sent': '40' }, T + 2_000)
    clients(everybody)
    expect(mqttFigures(part(ALL))).toMatchObject({
      consumers: 9,
      objects: 9,
      inPerSecond: 10,
      outPerSecond: 20,
    })
    expect(mqttFigures(part(OWN))).toMatchObject({
      consumers: 2,
      objects: 2,
      backlog: null,
      inPerSecond: null,
      outPerSecond: null,
    })
  })
})
