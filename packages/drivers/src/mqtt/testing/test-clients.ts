import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'

/** Clients that a test makes, all ended by `endAll`. They never reconnect. */
export interface TestClients {
  connect(clientId: string, options?: IClientOptions): Promise<MqttClient>
  endAll(): void
}

export function createTestClients(url: string, credentials: IClientOptions = {}): TestClients {
  const clients: MqttClient[] = []
  return {
    async connect(clientId, options = {}) {
      const client = await connectAsync(url, { reconnectPeriod: 0, clientId, ...credentials, ...options })
      client.on('error', () => {}) // some are killed on purpose
      clients.push(client)
      return client
    },
    endAll() {
      for (const client of clients.splice(0)) client.end(true)
    },
  }
}

/** Ends a connection as a crash does: no DISCONNECT. */
export function kill(client: MqttClient): void {
  client.stream.destroy()
}
