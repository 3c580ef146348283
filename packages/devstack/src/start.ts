import { mkdirSync } from 'node:fs'
import { planBrokers, startBrokers, stopBrokers } from './brokers.ts'
import { missingBrokers, startDemonstration } from './demonstration.ts'
import { keepBrokersUp } from './keep-brokers-up.ts'
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
  const plan = await planBrokers()
  await stages.run('System packages', (report) => ensurePackages(plan.packages, report))
  const coming = startBrokers(dir, stages, plan)
  const demonstration = await startDemonstration({ dir, stages, brokers: coming })
  const brokers = await coming
  const letBrokersGo = keepBrokersUp(brokers, stages, brokerRestartMs)
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
