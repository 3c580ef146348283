import type { MqttClientRow } from '@weir/contract'
import type { Finding } from '../store/attention-book.ts'
import { sysRateKey } from '../store/derive-mqtt.ts'
import { clientRows } from '../views/mqtt-clients.ts'
import { mqttScope } from '../views/mqtt-scope.ts'
import type { Part } from '../views/view-definition.ts'
import { thresholds } from './thresholds.ts'

export function mqttFindings(part: Part): Finding[] {
  return [...dropFindings(part), ...(clientRows(part) ?? []).flatMap(flapping)]
}

/** Two devices of one client id throw each other out; a broken line comes and goes. */
function flapping(client: MqttClientRow): Finding[] {
  const { connects, takeovers, windowMs, holdMs } = thresholds.clientFlapping
  const { clientId, recentConnects } = client
  const fought = client.takeovers >= takeovers && recentConnects > 1
  if (recentConnects < connects && !fought) return []
  const figures = { name: clientId, connects: recentConnects, takeovers: client.takeovers, windowMs }
  return [{ rule: 'clientFlapping', severity: 'look', object: clientId, figures, holdMs }]
}

/** `$SYS` counts them for the whole broker: a share of it is not told of others' losses. */
function dropFindings(part: Part): Finding[] {
  if (!('all' in mqttScope(part))) return []
  const perSecond = part.derived.rates.rate(sysRateKey(part.instance.clusterId, 'publish/messages/dropped'))
  const { leastPerSecond, holdMs } = thresholds.messagesDropped
  if (perSecond === null || perSecond <= leastPerSecond) return []
  const told = part.slot('mqtt.sys')?.reading?.data.values.get('publish/messages/dropped')?.value
  const figures = { name: part.instance.name, perSecond, total: told === undefined ? null : Number(told) }
  return [{ rule: 'messagesDropped', severity: 'look', object: null, figures, holdMs }]
}
