import mqtt, { type MqttClient } from 'mqtt'
import type { Pause } from './pause.ts'
import type { TenantPlan } from './traffic-plan.ts'

/**
 * Devices that misbehave, so that presence has something to show: two thermostats that share one client id and throw
 * each other out for ever, and one whose battery is low, which comes and goes without saying goodbye.
 */
export function startFlappingDevices(plan: TenantPlan, pause: Pause, signal: AbortSignal): void {
  const user = plan.mqtt?.users.find(({ username }) => username.endsWith('-thermostat'))
  if (plan.mqtt === null || user === undefined) return
  const { url } = plan.mqtt
  const twins = [4000, 5000].map((everyMs) => ({ clientId: `${user.username}-7`, everyMs, client: idle }))
  const weak = { clientId: `${user.username}-low-battery`, everyMs: 12_000, client: idle }
  const timers = [...twins, weak].map((device) =>
    setInterval(() => {
      if (pause.paused) return
      const wasThere = device.client?.connected ?? false
      if (device === weak && wasThere) device.client?.stream?.destroy()
      else if (!wasThere) device.client = connectOnce(url, device.clientId, user)
    }, device.everyMs),
  )
  signal.addEventListener('abort', () => {
    for (const timer of timers) clearInterval(timer)
    for (const { client } of [...twins, weak]) client?.end(true)
  })
}

const idle: MqttClient | null = null

function connectOnce(
  url: string,
  clientId: string,
  user: { username: string; password: string },
): MqttClient | null {
  const client = mqtt.connect(url, {
    clientId,
    ...user,
    protocolVersion: 4,
    keepalive: 10,
    reconnectPeriod: 0,
  })
  client.on('error', () => {}) // it stays away until its next turn
  return client
}
