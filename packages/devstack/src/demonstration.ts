import { join } from 'node:path'
import { type Brokers, isUnavailable } from './brokers.ts'
import { buildWeb } from './build-web.ts'
import { startDashboard } from './dashboard.ts'
import { nodeProgram, repositoryRoot } from './paths.ts'
import { removeRunJson, runJson, runJsonFile, writeRunJson } from './run-json.ts'
import { writePrivateFile } from './secrets.ts'
import type { Stages } from './stages.ts'
import { type Supervised, startSupervised } from './supervised.ts'
import { type Provisioned, provisionTenants } from './tenants.ts'
import { writeTrafficPlan } from './traffic/traffic-plan.ts'
import { weirYaml } from './weir-yaml.ts'

export interface Demonstration {
  url: string
  runJsonFile: string
  /** Ends the dashboard and the traffic, and leaves the brokers to whoever started them. */
  stop(): Promise<void>
}

export interface DemonstrationOptions {
  dir: string
  stages: Stages
  /** May still be on their way: the pages are built meanwhile. */
  brokers: Promise<Brokers>
  /** Measurements per second; the traffic's own default when left out. */
  trafficRate?: number
}

/**
 * The product with its demonstration on brokers that are there: tenants, traffic, pages, dashboard and `run.json`.
 * Throws when the pages can't be built or the dashboard doesn't come up; a missing broker is no reason to.
 * What is up by then goes on running: whoever called ends it by `stopAllProcesses`.
 */
export async function startDemonstration(options: DemonstrationOptions): Promise<Demonstration> {
  const { dir, stages } = options
  removeRunJson(dir) // left over by a crash, it would name addresses where nobody is
  const [{ brokers, provisioned }] = await Promise.all([
    prepareBrokers(options),
    stages.run('Pages', buildWeb),
  ])
  const dashboard = await stages.run('Dashboard', (report) => startDashboard(dir, report))
  // After the dashboard: Mosquitto names a client when it connects and never again, so it must be listened to before.
  const traffic = await startTraffic(options)
  writeRunJson(dir, runJson(dashboard.url, brokers, provisioned, await dashboard.listed()))
  return {
    url: dashboard.url,
    runJsonFile: runJsonFile(dir),
    async stop() {
      removeRunJson(dir)
      await Promise.all([dashboard.stop(), traffic.stop()])
    },
  }
}

async function prepareBrokers(
  options: DemonstrationOptions,
): Promise<{ brokers: Brokers; provisioned: Provisioned }> {
  const { dir, stages } = options
  const brokers = await options.brokers
  const provisioned = await stages.run('Tenants', (report) => provisionTenants(dir, brokers, report))
  writePrivateFile(join(dir, 'weir.yaml'), weirYaml(brokers, provisioned))
  writeTrafficPlan(dir, brokers, provisioned)
  return { brokers, provisioned }
}

function startTraffic({ dir, stages, trafficRate: rate }: DemonstrationOptions): Promise<Supervised> {
  const args = [
    '--disable-sigusr1', // SIGUSR1 pauses the traffic, instead of opening Node's debugger
    '--disable-warning=TimeoutNegativeWarning', // kafkajs 2.2.4 asks for time-outs in the past
    join(repositoryRoot, 'packages/devstack/src/cli.ts'),
    'traffic',
    '--dir',
    dir,
  ]
  const env = { ...process.env, ...(rate === undefined ? {} : { WEIR_TRAFFIC_RATE: String(rate) }) }
  return startSupervised({ name: 'traffic', dir, command: nodeProgram, args, env }, (text) =>
    stages.say(`Traffic: ${text}`),
  )
}

/** How many of the three can be used, for the line that says so. */
export function missingBrokers(brokers: Brokers): string[] {
  return Object.entries(brokers).flatMap(([kind, broker]) =>
    isUnavailable(broker) ? [`${kind}: ${broker.error}`] : [],
  )
}
