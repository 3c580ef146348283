import { mkdirSync, rmSync } from 'node:fs'
import { type Brokers, planBrokers, startBrokers, stopBrokers } from './brokers.ts'
import { writeBrokersEnv } from './brokers-env.ts'
import { ensurePackages } from './packages.ts'
import { takeRunLock } from './run-lock.ts'
import { createStages } from './stages.ts'
import { untilAskedToStop } from './stop-signal.ts'

/** Brokers alone, kept up until Ctrl-C, for whoever works on Weir: their addresses are in `<dir>/brokers.env`. */
export async function runBrokersOnly(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const lock = takeRunLock(dir)
  const stopped = untilAskedToStop()
  const stages = createStages()
  const plan = await planBrokers()
  await stages.run('System packages', (report) => ensurePackages(plan.packages, report))
  let file = ''
  const brokers: Brokers = await startBrokers(dir, stages, plan, (known) => {
    file = writeBrokersEnv(dir, known)
  })
  stages.say(`The brokers' addresses are in ${file}. Ctrl-C stops them.`)
  await stopped
  stages.say('stopping the brokers')
  await stopBrokers(brokers)
  rmSync(file, { force: true })
  lock.release()
}
