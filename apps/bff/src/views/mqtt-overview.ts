import type { MqttOverview } from '@weir/contract'
import type { MqttSysReading } from '@weir/drivers'
import { type sysCounters, sysRateKey } from '../store/derive-mqtt.ts'
import { clientRows } from './mqtt-clients.ts'
import { mqttScope } from './mqtt-scope.ts'
import { onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

export const mqttOverview: ViewDefinition = {
  sources: () => ['mqtt.sys', 'mqtt.clients'],
  project(parts) {
    const record = overview(onlyPart(parts))
    return record ? { status: 'record', record } : waiting
  },
}

/** The topic below `$SYS/broker/` of each figure. */
const topics = {
  version: 'version',
  uptimeSeconds: 'uptime',
  clientsConnected: 'clients/connected',
  clientsDisconnected: 'clients/disconnected',
  clientsTotal: 'clients/total',
  subscriptions: 'subscriptions/count',
  retainedMessages: 'retained messages/count',
  messagesReceivedPerSecond: 'messages/received',
  messagesSentPerSecond: 'messages/sent',
  bytesReceivedPerSecond: 'bytes/received',
  bytesSentPerSecond: 'bytes/sent',
  publishReceivedPerSecond: 'publish/messages/received',
  publishSentPerSecond: 'publish/messages/sent',
  publishDroppedPerSecond: 'publish/messages/dropped',
  publishDropped: 'publish/messages/dropped',
} as const satisfies Partial<Record<keyof MqttOverview, string>>

/** Null before the first reading. `$SYS` is of the whole broker, so a share of it is told its own clients alone. */
function overview(part: Part): MqttOverview | null {
  const sys = part.slot('mqtt.sys')?.reading?.data
  if (!sys) return null
  return 'all' in mqttScope(part) ? wholeBroker(part, sys) : shareOfBroker(part, sys)
}

function wholeBroker(part: Part, sys: MqttSysReading): MqttOverview {
  const rate = (topic: (typeof sysCounters)[number]) =>
    part.derived.rates.rate(sysRateKey(part.instance.clusterId, topic))
  return {
    version: brokerVersion(sys),
    uptimeSeconds: figure(sys, topics.uptimeSeconds),
    clientsConnected: figure(sys, topics.clientsConnected),
    clientsDisconnected: figure(sys, topics.clientsDisconnected),
    clientsTotal: figure(sys, topics.clientsTotal),
    subscriptions: figure(sys, topics.subscriptions),
    retainedMessages: retainedByClients(sys),
    messagesReceivedPerSecond: rate(topics.messagesReceivedPerSecond),
    messagesSentPerSecond: rate(topics.messagesSentPerSecond),
    bytesReceivedPerSecond: rate(topics.bytesReceivedPerSecond),
    bytesSentPerSecond: rate(topics.bytesSentPerSecond),
    publishReceivedPerSecond: rate(topics.publishReceivedPerSecond),
    publishSentPerSecond: rate(topics.publishSentPerSecond),
    publishDroppedPerSecond: rate(topics.publishDroppedPerSecond),
    publishDropped: figure(sys, topics.publishDropped),
    observedAt: agesOf(sys),
    ...seen(part),
  }
}

function shareOfBroker(part: Part, sys: MqttSysReading): MqttOverview {
  const own = seen(part)
  return {
    version: brokerVersion(sys),
    uptimeSeconds: null,
    clientsConnected: own.clientsSeen,
    clientsDisconnected: null,
    clientsTotal: null,
    subscriptions: null,
    retainedMessages: null,
    messagesReceivedPerSecond: null,
    messagesSentPerSecond: null,
    bytesReceivedPerSecond: null,
    bytesSentPerSecond: null,
    publishReceivedPerSecond: null,
    publishSentPerSecond: null,
    publishDroppedPerSecond: null,
    publishDropped: null,
    observedAt: {},
    ...own,
  }
}

/** Nobody listed at all, not even our own monitor, means that the broker's log doesn't come: unknown, and not 0. */
function seen(part: Part): Pick<MqttOverview, 'clientsSeen' | 'seenSince'> {
  const data = part.slot('mqtt.clients')?.reading?.data
  const rows = clientRows(part)
  if (!data || !rows || data.clients.size === 0) return { clientsSeen: null, seenSince: null }
  return { clientsSeen: rows.length, seenSince: data.seenSince }
}

export function brokerVersion({ values }: MqttSysReading): string | null {
  return values.get(topics.version)?.value.replace(/^mosquitto version /, '') ?? null
}

/** More than this is a 32-bit count that has fallen below 0. */
const WRAPPED = 2 ** 31

/**
 * The number that the value begins with (`38 seconds`).
 * Mosquitto takes connections that haven't sent a CONNECT for connected clients, so `clients/disconnected` can fall
 * below 0: -1 on 2.0, 4294967295 on 2.1. That is no count of anything: null.
 */
function figure({ values }: MqttSysReading, topic: string): number | null {
  const number = Number.parseInt(values.get(topic)?.value ?? '', 10)
  return Number.isFinite(number) && number >= 0 && (topic !== topics.clientsDisconnected || number < WRAPPED)
    ? number
    : null
}

/** Null until the broker counts while we watch: which of its own values an older figure holds isn't known. */
function retainedByClients(sys: MqttSysReading): number | null {
  const retained = figure(sys, topics.retainedMessages)
  return retained === null || sys.countedAt === null ? null : Math.max(0, retained - sys.sysTopics)
}

function agesOf({ values }: MqttSysReading): Record<string, number> {
  const ages: Record<string, number> = {}
  for (const [field, topic] of Object.entries(topics)) {
    const value = values.get(topic)
    if (value) ages[field] = value.observedAt
  }
  return ages
}
