import { mkdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { BrokerControl } from './broker-control.ts'
import {
  type Brokers,
  isUnavailable,
  packagesOfBrokers,
  startBrokers,
  stopBrokers,
  type Unavailable,
} from './brokers.ts'
import { missingBrokers, startDemonstration } from './demonstration.ts'
import { ensurePackages } from './packages.ts'
import { stopAllProcesses } from './processes.ts'
import { takeRunLock } from './run-lock.ts'
import { createStages, type Stages } from './stages.ts'
import { untilAskedToStop } from './stop-signal.ts'

/** How long a broker that died stays away before it is started again: long enough to be seen as an outage. */
const brokerRestartMs = 10_000

/** `npm start`: everything, until Ctrl-C. Throws when the dashboard can't be brought up; stops what it started. */
export async function runStart(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const lock = takeRunLock(dir)
  const stages = createStages()
  const stopped = untilAskedToStop()
  try {
    const running = await Promise.race([bringUp(dir, stages), stopped])
    if (typeof running !== 'string') {
      await stopped
      stages.say('stopping')
      await running.stop()
    }
  } finally {
    // Asked to stop while it starts, or failed half-way: nobody has a list of what is up yet.
    await stopAllProcesses()
    lock.release()
  }
  stages.say('everything is stopped')
}

async function bringUp(dir: string, stages: Stages): Promise<{ stop(): Promise<void> }> {
  await stages.run('System packages', (report) => ensurePackages(packagesOfBrokers, report))
  const coming = startBrokers(dir, stages)
  const demonstration = await startDemonstration({ dir, stages, brokers: coming })
  const brokers = await coming
  const letBrokersGo = keepBrokersUp(brokers, stages)
  for (const missing of missingBrokers(brokers)) stages.say(`Without ${missing}`)
  stages.say('Ctrl-C stops everything.')
  console.log(`Weir is ready: ${demonstration.url}`)
  return {
    async stop() {
      letBrokersGo()
      await demonstration.stop()
      await stopBrokers(brokers)
    },
  }
}

/** Starts a broker that died again, after a while. Returns how to leave them alone. */
function keepBrokersUp(brokers: Brokers, stages: Stages): () => void {
  let wanted = true
  const keep = async (kind: string, broker: BrokerControl, how: string) => {
    stages.say(`${kind} ended by itself (${how}), starting it again in ${brokerRestartMs / 1000} s`)
    await delay(brokerRestartMs)
    if (wanted) await startAgain(kind, broker, stages)
  }
  for (const [kind, broker] of Object.entries(brokers) as [string, BrokerControl | Unavailable][]) {
    if (!isUnavailable(broker)) broker.onUnexpectedEnd((how) => void keep(kind, broker, how))
  }
  return () => {
    wanted = false
  }
}

async function startAgain(kind: string, broker: BrokerControl, stages: Stages): Promise<void> {
  await stages.run(`${kind} again`, () => broker.start()).catch(() => {}) // told by the stage; the others go on
}
