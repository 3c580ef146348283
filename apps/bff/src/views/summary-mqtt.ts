import { sysRateKey } from '../store/derive-mqtt.ts'
import { clientRows } from './mqtt-clients.ts'
import { brokerVersion } from './mqtt-overview.ts'
import { mqttScope } from './mqtt-scope.ts'
import type { SummaryFigures } from './summary-figures.ts'
import type { Part } from './view-definition.ts'

/**
 * MQTT summed up: PUBLISH in and out of the whole broker, clients of the instance. Mosquitto doesn't tell what waits
 * for a persistent session, so there is no backlog.
 */
export function mqttFigures(part: Part): SummaryFigures | null {
  const sys = part.slot('mqtt.sys')?.reading?.data
  if (!sys) return null
  const whole = 'all' in mqttScope(part)
  const rate = (topic: 'publish/messages/received' | 'publish/messages/sent') =>
    whole ? part.derived.rates.rate(sysRateKey(part.instance.clusterId, topic)) : null
  const clients = clientsOf(part, whole)
  return {
    version: brokerVersion(sys),
    objects: clients,
    backlog: null,
    inPerSecond: rate('publish/messages/received'),
    outPerSecond: rate('publish/messages/sent'),
    consumers: clients,
    oldestAgeMs: null,
  }
}

/** The broker's own count for the whole of it, which also holds clients that were there before we listened. */
function clientsOf(part: Part, whole: boolean): number | null {
  const counted = Number.parseInt(
    part.slot('mqtt.sys')?.reading?.data.values.get('clients/connected')?.value ?? '',
    10,
  )
  if (whole && Number.isFinite(counted)) return counted
  const listed = part.slot('mqtt.clients')?.reading?.data
  return listed && listed.clients.size > 0 ? (clientRows(part)?.length ?? null) : null
}
