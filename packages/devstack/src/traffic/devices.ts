import mqtt, { type MqttClient } from 'mqtt'
import { scopesOf } from '../demo-tenants.ts'
import { type Measurement, measure, sensorsOf, topicOf } from './homes.ts'
import { createPace } from './pace.ts'
import type { Pause } from './pause.ts'
import type { TenantPlan } from './traffic-plan.ts'

const tickMs = 100

/**
 * A tenant's homes: one MQTT connection per home, whose sensors take turns so that `perSecond` measurements are made.
 * Without an MQTT broker they go to `otherwise` directly, so that the rest of the story still has something to tell.
 */
export function startDevices(
  plan: TenantPlan,
  perSecond: number,
  pause: Pause,
  otherwise: (measurement: Measurement) => void,
  signal: AbortSignal,
): void {
  const prefix = scopesOf(plan).mqtt.topicPrefix
  const hubs = new Map(homeHubs(plan).map(({ home, client }) => [home, client]))
  const sensors = sensorsOf(plan)
  const pace = createPace(perSecond, Date.now())
  let turn = 0
  const timer = setInterval(() => {
    const now = Date.now()
    for (let due = pace.due(now); due > 0 && !pause.paused; due -= 1) {
      const sensor = sensors[turn++ % sensors.length]
      if (sensor === undefined) return
      const measurement = measure(sensor, now)
      if (hubs.size === 0) otherwise(measurement)
      else publish(hubs.get(sensor.home), topicOf(prefix, sensor), measurement)
    }
  }, tickMs)
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    for (const client of hubs.values()) client.end(true)
  })
}

function homeHubs(plan: TenantPlan): { home: string; client: MqttClient }[] {
  if (plan.mqtt === null) return []
  const { url, users } = plan.mqtt
  const hubs = users.filter(({ username }) => username.includes('-home-'))
  return hubs.map(({ username, password }) => {
    const client = mqtt.connect(url, {
      clientId: `${username}-hub`,
      username,
      password,
      // Half of the homes have hubs of an older make.
      protocolVersion: Number(username.slice(-2)) % 2 === 0 ? 4 : 5,
      keepalive: 30,
      reconnectPeriod: 2000,
      queueQoSZero: false,
    })
    client.on('error', () => {}) // it tries again by itself; the gateway's own connection says what happened
    return { home: username.slice(username.indexOf('-') + 1), client }
  })
}

// Not connected: the measurement is lost, as a sensor's is. Queueing would grow for as long as the broker is away.
function publish(client: MqttClient | undefined, topic: string, measurement: Measurement): void {
  if (client === undefined || !client.connected) return
  const { value, unit, measuredAt } = measurement
  client.publish(topic, JSON.stringify({ value, unit, measuredAt }), {
    qos: 0,
    retain: measurement.metric === 'temperature', // whoever comes later wants to know how warm it is
  })
}
