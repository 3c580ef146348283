import type { AddressOf, BrokerDriver, Demand, MqttTarget, Reading, SourceOf } from '../driver.ts'
import { readCapabilities } from './capabilities.ts'
import { type DynamicSecurity, dynamicSecurityOf } from './dynsec.ts'
import { MonitorConnection } from './monitor-connection.ts'
import { Observations } from './observations.ts'
import type { MqttClientReading, MqttReadings } from './readings.ts'
import { watchClients, watchSys } from './watch-sources.ts'

export interface MqttDriver extends BrokerDriver<'mqtt'> {
  /**
   * Takes over a list that an earlier process saved. Its clients are listed as unconfirmed until the broker's log or
   * its count says otherwise (presence.ts). Call it before the first watch.
   */
  restoreClients(clients: readonly MqttClientReading[]): void
  readonly dynamicSecurity: DynamicSecurity
}

type Watches = {
  readonly [S in SourceOf<'mqtt'>]: (
    demand: Demand,
    signal: AbortSignal,
  ) => AsyncIterable<Reading<MqttReadings[S]>>
}

/**
 * Mosquitto, by its `$SYS` tree and its log topic. One connection serves every watch: it is opened by the first and
 * stays until `close()`, since a client list has a gap wherever nobody listens.
 */
export function createMqttDriver(target: MqttTarget, addressOf: AddressOf): MqttDriver {
  const observations = new Observations()
  const connection = new MonitorConnection(target, addressOf, observations)

  const watches: Watches = {
    'mqtt.sys': (demand, signal) => watchSys(connection, observations, demand, signal),
    'mqtt.clients': (demand, signal) => watchClients(connection, observations, demand, signal),
  }
  return {
    kind: 'mqtt',
    watch: (source, demand, signal) => watches[source](demand, signal),
    dynamicSecurity: dynamicSecurityOf(connection.connector, target.username),
    restoreClients: (clients) => observations.restore(clients),
    capabilities: (signal) =>
      readCapabilities(connection, observations, AbortSignal.any([signal, connection.closed])),
    close: () => connection.close(),
  }
}
