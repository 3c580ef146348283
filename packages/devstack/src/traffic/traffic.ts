import { setMaxListeners } from 'node:events'
import { Kafka, logLevel } from 'kafkajs'
import { untilAskedToStop } from '../stop-signal.ts'
import { alertFor } from './alert-rule.ts'
import { startDevices } from './devices.ts'
import { startFlappingDevices } from './flapping-devices.ts'
import { startGateway } from './gateway.ts'
import type { Measurement } from './homes.ts'
import { startKafkaGroups } from './kafka-groups.ts'
import { createTopics } from './kafka-topics.ts'
import { startNotifications } from './notifications.ts'
import { type Pause, watchPause } from './pause.ts'
import { keepConnected } from './session.ts'
import { readTrafficPlan, type TenantPlan } from './traffic-plan.ts'

const defaultPerSecond = 200

/**
 * The smart-home traffic of all tenants, until asked to stop. Reads `<dir>/traffic.json`.
 * `WEIR_TRAFFIC_RATE`: measurements per second over all tenants, 0 for none.
 */
export async function runTraffic(dir: string): Promise<void> {
  const stopped = untilAskedToStop()
  const ending = new AbortController()
  setMaxListeners(0, ending.signal) // one for each device, queue and group: not a leak
  const perSecond = rateOf(process.env.WEIR_TRAFFIC_RATE)
  const pause = watchPause(dir)
  for (const plan of readTrafficPlan(dir))
    startTenant(plan, perSecond * plan.trafficShare, pause, ending.signal)
  console.log(`${new Date().toISOString()} traffic: ${perSecond} measurements a second`)
  await stopped
  ending.abort()
  // Groups say goodbye, so that the next start doesn't wait for their sessions to run out.
  await new Promise((resolve) => setTimeout(resolve, 1500))
}

/** Throws on anything but a number of 0 or more. */
export function rateOf(text: string | undefined): number {
  if (text === undefined || text === '') return defaultPerSecond
  const rate = Number(text)
  if (!Number.isFinite(rate) || rate < 0)
    throw new Error(`WEIR_TRAFFIC_RATE is ${text}, not a number of 0 or more`)
  return rate
}

function startTenant(plan: TenantPlan, perSecond: number, pause: Pause, signal: AbortSignal): void {
  const notifications = startNotifications(plan, pause, signal)
  const applyRule = (measurement: Measurement) => {
    const alert = alertFor(measurement)
    if (alert !== null) notifications.publish(alert)
  }
  const kafka = kafkaOf(plan)
  const gateway = startGateway(plan, kafka, applyRule, signal)
  startDevices(plan, perSecond, pause, gateway.take, signal)
  startFlappingDevices(plan, pause, signal)
  if (kafka !== null) void startKafkaApplications(plan, kafka, perSecond, applyRule, signal)
}

async function startKafkaApplications(
  plan: TenantPlan,
  kafka: Kafka,
  perSecond: number,
  applyRule: (measurement: Measurement) => void,
  signal: AbortSignal,
): Promise<void> {
  const ready = new AbortController()
  signal.addEventListener('abort', () => ready.abort())
  await keepConnected(`${plan.slug} topics`, ready.signal, async (connected) => {
    await createTopics(plan, kafka)
    connected()
    ready.abort()
  })
  if (!signal.aborted) startKafkaGroups(plan, kafka, perSecond, applyRule, signal)
}

function kafkaOf(plan: TenantPlan): Kafka | null {
  if (plan.kafka === null) return null
  const { mechanism, username, password } = plan.kafka.sasl
  return new Kafka({
    clientId: plan.slug,
    brokers: plan.kafka.bootstrap,
    sasl: { mechanism, username, password },
    connectionTimeout: 3000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 500, maxRetryTime: 5000, retries: 5 },
    logLevel: logLevel.NOTHING,
  })
}
