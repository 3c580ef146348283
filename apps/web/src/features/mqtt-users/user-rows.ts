import type { MqttClientRow, MqttUser } from '@weir/contract'

/** An account with what is connected by it now, as the live list of clients has it. */
export interface UserRow {
  readonly key: string
  readonly username: string
  readonly disabled: boolean
  readonly roles: readonly string[]
  readonly clientIds: readonly string[]
}

/**
 * `clients` is the live list; null while there is none, and then the broker's answer is what there is.
 */
export function userRows(
  users: readonly MqttUser[],
  clients: Iterable<Pick<MqttClientRow, 'clientId' | 'username'>> | null,
): ReadonlyMap<string, UserRow> {
  const byUser = clients && Map.groupBy(clients, ({ username }) => username ?? '')
  return new Map(
    users.map(({ username, disabled, roles, clientIds }) => {
      const live = byUser?.get(username)?.map(({ clientId }) => clientId) ?? []
      const connected = byUser ? live : clientIds
      return [username, { key: username, username, disabled, roles, clientIds: connected.toSorted() }]
    }),
  )
}
