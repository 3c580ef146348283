import { setTimeout as delay } from 'node:timers/promises'
import { CompressionTypes, type Kafka, type Producer } from 'kafkajs'
import mqtt from 'mqtt'
import { scopesOf } from '../demo-tenants.ts'
import { type Measurement, type Metric, metricOf, metrics } from './homes.ts'
import { keepConnected } from './session.ts'
import type { TenantPlan } from './traffic-plan.ts'

/** How often what came in over MQTT is written to Kafka. */
const flushMs = 500
/** What is kept while Kafka is away; the oldest goes first. */
const mostPending = 2000

interface Pending {
  metric: Metric
  key: string
  value: string
}

/**
 * The tenant's gateway: gathers measurements from MQTT into one Kafka topic per metric, keyed by home, so that one
 * home's measurements stay in order. `take` feeds it past MQTT.
 */
export function startGateway(
  plan: TenantPlan,
  kafka: Kafka | null,
  onMeasurement: (measurement: Measurement) => void,
  signal: AbortSignal,
): { take(measurement: Measurement): void } {
  const pending: Pending[] = []
  function add(metric: Metric, home: string, value: string): void {
    if (kafka === null) return
    pending.push({ metric, key: home, value })
    if (pending.length > mostPending) pending.shift()
  }
  listenToHomes(plan, signal, (metric, home, room, payload) => {
    const { value, unit, measuredAt } = JSON.parse(payload)
    add(metric, home, JSON.stringify({ home, room, metric, value, unit, measuredAt }))
    if (kafka === null) onMeasurement({ home, room, metric, value, unit, measuredAt })
  })
  if (kafka !== null) void writeToKafka(plan, kafka, pending, signal)
  return {
    take(measurement) {
      add(measurement.metric, measurement.home, JSON.stringify(measurement))
      if (kafka === null) onMeasurement(measurement)
    },
  }
}

function listenToHomes(
  plan: TenantPlan,
  signal: AbortSignal,
  onMessage: (metric: Metric, home: string, room: string, payload: string) => void,
): void {
  const user = plan.mqtt?.users.find(({ username }) => username.endsWith('-gateway'))
  if (plan.mqtt === null || user === undefined) return
  const prefix = scopesOf(plan).mqtt.topicPrefix
  const client = mqtt.connect(plan.mqtt.url, {
    clientId: user.username,
    ...user,
    protocolVersion: 5,
    keepalive: 30,
    reconnectPeriod: 2000,
  })
  const name = `${plan.slug} gateway, MQTT`
  client.on('connect', () => {
    console.log(`${new Date().toISOString()} ${name}: connected`)
    // Retained measurements were handled when they were new.
    client.subscribe(`${prefix}+/+/+`, { qos: 0, rh: 2 })
  })
  client.on('close', () => !signal.aborted && console.log(`${new Date().toISOString()} ${name}: lost`))
  client.on('error', () => {}) // followed by close, said above
  client.on('message', (topic, payload) => {
    const metric = metricOf(topic)
    const [home, room] = topic.slice(prefix.length).split('/')
    if (metric !== null && home !== undefined && room !== undefined) {
      onMessage(metric, home, room, payload.toString())
    }
  })
  signal.addEventListener('abort', () => client.end(true))
}

function writeToKafka(
  plan: TenantPlan,
  kafka: Kafka,
  pending: Pending[],
  signal: AbortSignal,
): Promise<void> {
  const prefix = scopesOf(plan).kafka.topicPrefix
  return keepConnected(`${plan.slug} gateway, Kafka`, signal, async (connected) => {
    const producer = kafka.producer({ allowAutoTopicCreation: false })
    try {
      await producer.connect()
      connected()
      while (!signal.aborted) {
        await flush(producer, prefix, pending)
        await delay(flushMs, undefined, { signal }).catch(() => {}) // cut short by the abort
      }
    } finally {
      await producer.disconnect().catch(() => {})
    }
  })
}

async function flush(producer: Producer, prefix: string, pending: Pending[]): Promise<void> {
  const batch = pending.splice(0)
  if (batch.length === 0) return
  const topicMessages = metrics.map((metric) => ({
    topic: `${prefix}${metric}`,
    messages: batch.filter((one) => one.metric === metric).map(({ key, value }) => ({ key, value })),
  }))
  await producer.sendBatch({
    acks: 1,
    compression: CompressionTypes.None,
    topicMessages: topicMessages.filter(({ messages }) => messages.length > 0),
  })
}
