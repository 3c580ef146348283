import type { Completeness, Demand, Reading } from '../driver.ts'
import { onceAborted } from './aborted.ts'
import type { MonitorConnection } from './monitor-connection.ts'
import type { MonitorSession } from './monitor-session.ts'
import { type News, paceOf } from './news.ts'
import type { Observations } from './observations.ts'
import type { MqttClientsReading, MqttSysReading } from './readings.ts'

/** The values of one tick are gathered already, so that every tick is told at once. */
const SYS_LEAST_MS = 50
/** A storm of reconnects is told four times a second. */
const CLIENTS_LEAST_MS = 250

/** A reading at each `$SYS` tick of the broker; in between, at the cadence, the same again while the broker lives. */
export function watchSys(
  connection: MonitorConnection,
  observations: Observations,
  demand: Demand,
  signal: AbortSignal,
): AsyncGenerator<Reading<MqttSysReading>> {
  return follow(connection, observations.sysNews, demand, SYS_LEAST_MS, signal, {
    isReady: () => observations.sysAvailable !== 'undecided',
    read: () => observations.readSys(),
  })
}

/** A reading whenever the list changes, and at the cadence while the broker lives. */
export function watchClients(
  connection: MonitorConnection,
  observations: Observations,
  demand: Demand,
  signal: AbortSignal,
): AsyncGenerator<Reading<MqttClientsReading>> {
  return follow(connection, observations.clientsNews, demand, CLIENTS_LEAST_MS, signal, {
    isReady: () => observations.logAvailable !== 'undecided',
    read: () => observations.readClients(Date.now()),
  })
}

interface Source<D> {
  /** Whether anything is known yet: until then nothing is told. */
  isReady(): boolean
  read(): { data: D; completeness: Completeness }
}

async function* follow<D>(
  connection: MonitorConnection,
  news: News,
  demand: Demand,
  leastMs: number,
  signal: AbortSignal,
  source: Source<D>,
): AsyncGenerator<Reading<D>> {
  const left = AbortSignal.any([signal, connection.closed])
  const session = await untilLeft(connection.session(), left)
  if (session === null) return
  const over = AbortSignal.any([left, session.ended])
  const pace = paceOf(news, demand, leastMs, over)
  try {
    await news.until(source.isReady, over)
    while (!over.aborted) {
      const reading = readingOf(session, source)
      yield reading
      // The same again is a sign of life only if the broker has given one.
      await pace.next(() => session.heardAt() > reading.observedAt)
    }
  } finally {
    pace.stop()
  }
  if (!left.aborted && session.endedBy !== null) throw session.endedBy
}

function readingOf<D>(session: MonitorSession, source: Source<D>): Reading<D> {
  // Nothing is asked of the broker. Its values hold as of the last moment it was heard, since it tells every change.
  return { ...source.read(), observedAt: session.heardAt(), cost: { requests: 0, durationMs: 0 } }
}

/** The session, or null where nobody waits for it any longer; the attempt goes on for the others. */
async function untilLeft(
  opening: Promise<MonitorSession>,
  left: AbortSignal,
): Promise<MonitorSession | null> {
  const leaving = onceAborted(left)
  try {
    return await Promise.race([opening, leaving.promise])
  } catch (error) {
    if (left.aborted) return null
    throw error
  } finally {
    leaving.stop()
  }
}
