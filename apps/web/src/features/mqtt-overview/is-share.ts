import type { MqttOverview } from '@weir/contract'

/** Of a share only its own clients are told: `$SYS` knows no prefixes. */
export function isShare({ clientsTotal, subscriptions, uptimeSeconds }: MqttOverview): boolean {
  return clientsTotal === null && subscriptions === null && uptimeSeconds === null
}
