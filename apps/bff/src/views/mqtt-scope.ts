import type { MqttScope } from '@weir/contract'
import type { MqttClientReading } from '@weir/drivers'
import type { Part } from './view-definition.ts'

/** The share of an MQTT instance. Throws where the instance is of another kind: a fault of ours. */
export function mqttScope(part: Part): MqttScope {
  if (part.instance.kind !== 'mqtt') throw new Error(`${part.instance.id} is not an MQTT instance`)
  return part.instance.scope
}

/** A client whose user name isn't known is nobody's but the whole cluster's. */
export function ownClient(scope: MqttScope, { username }: MqttClientReading): boolean {
  return 'all' in scope || (username?.startsWith(scope.usernamePrefix) ?? false)
}
