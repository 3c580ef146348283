import type { MqttClientRow } from '@weir/contract'
import type { MqttClientReading } from '@weir/drivers'
import { memoPerInstance } from './memo-per-instance.ts'
import { mqttScope, ownClient } from './mqtt-scope.ts'
import { onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

export const mqttClients: ViewDefinition = {
  sources: () => ['mqtt.clients'],
  project(parts) {
    const rows = clientRows(onlyPart(parts))
    return rows ? { status: 'rows', rows } : waiting
  },
}

const memo = memoPerInstance<MqttClientRow[]>()

/** Every client of the instance's users that is known to be connected; null before the first list. */
export function clientRows(part: Part): MqttClientRow[] | null {
  const data = part.slot('mqtt.clients')?.reading?.data
  if (!data) return null
  return memo(part, [data], () => {
    const scope = mqttScope(part)
    const own = [...data.clients.values()].filter((client) => ownClient(scope, client))
    return own.map((client) => clientRow(client, data.seenSince))
  })
}

function clientRow(client: MqttClientReading, seenSince: number): MqttClientRow {
  return {
    ...client,
    key: client.clientId,
    subscriptions: [...client.subscriptions],
    recentConnects: client.recentConnects.length,
    seenSince,
  }
}
