import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Brokers, isUnavailable, planBrokers, startBrokers, stopBrokers } from './brokers.ts'
import { otherAgesEnvironment, testEnvironment } from './brokers-env.ts'
import { type Demonstration, missingBrokers, startDemonstration } from './demonstration.ts'
import { keepBrokersUp } from './keep-brokers-up.ts'
import { type OtherAges, otherAgesPackages, startOtherAges } from './other-ages.ts'
import { ensurePackages } from './packages.ts'
import { endLeftOver, stopAllProcesses } from './processes.ts'
import { administratorsAccess } from './run-json.ts'
import { takeRunLock } from './run-lock.ts'
import { writePrivateFile } from './secrets.ts'
import { createStages, type Stages } from './stages.ts'
import { untilAskedToStop } from './stop-signal.ts'
import {
  type Counts,
  closingLine,
  countsOfPlaywright,
  countsOfVitest,
  nothing,
  oneCheck,
  sum,
} from './test-counts.ts'
import { runTestStep, type TestStep } from './test-step.ts'

const minuteMs = 60_000
/** A killed broker is back soon enough for a test that waits for it. */
const brokerRestartMs = 5000
/** Enough for every view to have something to show, and little enough to leave the machine to the browser. */
const trafficRate = 50

/** A step prints its own progress; this is for one that says nothing. */
const stepSilenceMs = 30_000

interface Run {
  dir: string
  stages: Stages
  stopped: AbortSignal
  results: { name: string; counts: Counts }[]
}

/**
 * `npm test`: everything, in order of cost, on brokers, data and ports of its own. A step that fails doesn't keep the
 * next from running. Prints what failed, then one closing line. Answers the exit status.
 */
export async function runTest(dir: string): Promise<number> {
  const stages = createStages()
  const run: Run = { dir, stages, stopped: askedToStop(), results: [] }
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const lock = takeRunLock(dir)
  try {
    await emptyFolder(dir)
    await runAll(run)
  } catch (error) {
    console.error(error)
    run.results.push({ name: 'npm test itself', counts: { ...nothing, failed: 1 } })
  } finally {
    await stopAllProcesses()
    lock.release()
  }
  return summarise(run)
}

async function runAll(run: Run): Promise<void> {
  const { dir, stages } = run
  const plan = await planBrokers()
  const packages = new Set([...plan.packages, ...otherAgesPackages, 'chromium' as const])
  await stages.run('System packages', (report) => ensurePackages([...packages], report))
  const coming = startBrokers(dir, stages, plan)
  const othersComing = startOtherAges(dir, stages)
  for (const one of checks) await step(run, one)
  const units = { name: 'Unit tests', projects: ['unit', 'web'], limitMs: 6 * minuteMs }
  await step(run, vitest(dir, units))

  const brokers = await coming
  for (const missing of missingBrokers(brokers)) {
    run.results.push({ name: `Broker, ${missing}`, counts: { ...nothing, failed: 1 } })
  }
  const env = { ...testEnvironment(brokers), REQUIRE_BROKERS: '1' }
  await brokerTests(run, env, await othersComing)
  await browserTests(run, brokers, env)
  await stopBrokers(brokers)
}

/** On both ages of each broker; those of the other age are gone when it is done, and leave the machine to the rest. */
async function brokerTests(run: Run, env: Record<string, string>, others: OtherAges): Promise<void> {
  for (const [kind, broker] of Object.entries(others.brokers) as [string, object][]) {
    if (!isUnavailable(broker)) continue
    const outcome = broker.byNature === true ? 'skipped' : 'failed'
    const name = `Broker of the other age, ${kind}: ${broker.error}`
    run.results.push({ name, counts: { ...nothing, [outcome]: 1 } })
  }
  const all = { ...env, ...otherAgesEnvironment(others) }
  const ages = { name: 'Tests on real brokers', projects: ['brokers'], env: all, limitMs: 8 * minuteMs }
  await step(run, vitest(run.dir, ages))
  await stopBrokers(others.brokers)
  const faults = { name: 'Tests of faults on three Kafka nodes', projects: ['faults'], env: all }
  await step(run, vitest(run.dir, { ...faults, limitMs: 6 * minuteMs }))
}

async function browserTests(run: Run, brokers: Brokers, env: Record<string, string>): Promise<void> {
  const { dir, stages } = run
  const letBrokersGo = keepBrokersUp(brokers, stages, brokerRestartMs)
  const demo = await startDemonstration({
    dir: join(dir, 'demo'),
    stages,
    brokers: Promise.resolve(brokers),
    trafficRate,
  }).catch(() => null) // told by its stage; the browser's tests then say what they miss
  run.results.push({ name: 'The demonstration comes up', counts: oneCheck(demo !== null) })
  const stack = join(dir, 'stack.json')
  writePrivateFile(stack, `${JSON.stringify({ dir, brokers: administratorsAccess(brokers) }, null, 2)}\n`)
  await step(run, playwright(dir, { ...env, WEIR_STACK: stack, ...environmentOf(demo) }))
  letBrokersGo()
  await demo?.stop()
}

function environmentOf(demo: Demonstration | null): Record<string, string> {
  return demo === null ? {} : { WEIR_URL: demo.url, WEIR_RUN_JSON: demo.runJsonFile }
}

const checks: readonly TestStep[] = [
  {
    name: 'Format and lint',
    args: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings'],
    limitMs: 2 * minuteMs,
  },
  {
    name: 'Types',
    args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
    limitMs: 3 * minuteMs,
  },
  {
    name: 'Types of the pages',
    args: ['node_modules/typescript/bin/tsc', '-p', 'apps/web/tsconfig.json'],
    limitMs: 3 * minuteMs,
  },
]

interface VitestStep {
  name: string
  projects: readonly string[]
  env?: Record<string, string>
  limitMs: number
}

function vitest(dir: string, { name, projects, env = {}, limitMs }: VitestStep): TestStep {
  const file = join(dir, `vitest-${name.toLowerCase().replaceAll(' ', '-')}.json`)
  const selected = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return {
    name,
    args: ['node_modules/vitest/vitest.mjs', 'run', ...selected, ...reporters],
    env,
    limitMs,
    report: { file, count: countsOfVitest },
  }
}

function playwright(dir: string, env: Record<string, string>): TestStep {
  const file = join(dir, 'playwright.json')
  // Beside the other data of this run: another run, by hand, would clear a folder that both write to.
  const results = join(dir, 'test-results')
  const cli = 'e2e/node_modules/@playwright/test/cli.js'
  return {
    name: 'Tests in the browser',
    args: [cli, 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json', `--output=${results}`],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    limitMs: 9 * minuteMs,
    report: { file, count: countsOfPlaywright },
  }
}

async function step(run: Run, one: TestStep): Promise<void> {
  const counts = await run.stages.run(
    one.name,
    async (report) => {
      const counts = await runTestStep(one, run.stopped)
      report(closingLine(counts))
      return counts
    },
    stepSilenceMs,
  )
  run.results.push({ name: one.name, counts })
}

function summarise({ results }: Run): number {
  console.log('')
  for (const { name, counts } of results) console.log(`${name}: ${closingLine(counts)}`)
  const all = sum(results.map(({ counts }) => counts))
  console.log(closingLine(all))
  return all.failed === 0 ? 0 : 1
}

/** Every run begins with empty brokers; what a crashed run left running is ended first. */
async function emptyFolder(dir: string): Promise<void> {
  for (const folder of [join(dir, 'pids'), join(dir, 'demo', 'pids')]) {
    const files = existsSync(folder) ? readdirSync(folder) : []
    await Promise.all(files.map((file) => endLeftOver(join(folder, file))))
  }
  for (const entry of readdirSync(dir)) {
    if (entry !== 'running.json') rmSync(join(dir, entry), { recursive: true, force: true })
  }
}

function askedToStop(): AbortSignal {
  const stopping = new AbortController()
  void untilAskedToStop().then(() => stopping.abort())
  return stopping.signal
}
