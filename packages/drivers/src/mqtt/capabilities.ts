import type { Capabilities } from '../driver.ts'
import { BrokerError } from '../errors.ts'
import { dynsecExchange } from './dynsec-exchange.ts'
import type { MonitorConnection } from './monitor-connection.ts'
import type { Available, Observations } from './observations.ts'

type Feature = Capabilities['features'][string]

const NO_DYNSEC =
  'the dynamic security plugin does not answer: it is not loaded, or these credentials may not use it'

/**
 * What this broker can do for these credentials:
 * `sysTree`: `$SYS` values come. `logTopic`: the broker's log comes, so clients can be listed. `mqtt5`: the broker
 * speaks it. `dynsec`: users and roles can be managed.
 * Throws: what connecting throws.
 */
export async function readCapabilities(
  connection: MonitorConnection,
  observations: Observations,
  signal: AbortSignal,
): Promise<Capabilities> {
  const session = await connection.session()
  await observations.decided(AbortSignal.any([signal, session.ended]))
  if (session.endedBy !== null) throw session.endedBy
  signal.throwIfAborted()
  return {
    version: observations.version,
    features: {
      sysTree: featureOf(observations.sysAvailable),
      logTopic: featureOf(observations.logAvailable),
      mqtt5:
        session.protocolVersion === 5
          ? { available: true }
          : { available: false, reason: 'the broker refuses MQTT 5 or leaves it unanswered' },
      dynsec: await readDynsec(connection, observations, signal),
    },
  }
}

/** Asked by the one command that changes nothing, and only of a broker that may be a Mosquitto. */
async function readDynsec(
  connection: MonitorConnection,
  observations: Observations,
  signal: AbortSignal,
): Promise<Feature> {
  if (observations.sysAvailable !== 'yes') return { available: false, reason: NO_DYNSEC }
  try {
    await dynsecExchange(connection.connector, { command: 'getDefaultACLAccess' }, signal)
    return { available: true }
  } catch (error) {
    if (error instanceof BrokerError) return { available: false, reason: NO_DYNSEC }
    throw error
  }
}

function featureOf(available: Available): Feature {
  if (available === 'yes') return { available: true }
  return { available: false, reason: available === 'undecided' ? 'not known yet' : available.why }
}
