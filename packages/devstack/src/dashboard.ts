import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { webDist } from './build-web.ts'
import { rememberedPorts } from './free-ports.ts'
import { nodeProgram, repositoryRoot } from './paths.ts'
import { logFileOf } from './processes.ts'
import type { Report } from './report.ts'
import type { ListedInstance, RunTenant } from './run-json.ts'
import { type Supervised, startSupervised } from './supervised.ts'

export interface Dashboard extends Supervised {
  url: string
  /** What Weir itself says it has. */
  listed(): Promise<{ tenants: RunTenant[]; instances: ListedInstance[] }>
}

/** How long the dashboard may take until it is ready: it migrates its store first. */
const readyWithinMs = 60_000

/**
 * Starts Weir itself on a port of its own, configured by `<dir>/weir.yaml`, with its store in `<dir>/data` and its log
 * in `<dir>/logs/bff.log`. Throws when it isn't ready in time.
 */
export async function startDashboard(dir: string, report: Report): Promise<Dashboard> {
  const { http: port } = await rememberedPorts(join(dir, 'dashboard-ports.json'), ['http'])
  const url = `http://127.0.0.1:${port}`
  const data = join(dir, 'data')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  report(`starting on ${url}`)
  let ends = 0
  const supervised = await startSupervised(
    {
      name: 'bff',
      dir,
      command: nodeProgram,
      args: [join(repositoryRoot, 'apps/bff/src/main.ts')],
      cwd: repositoryRoot,
      env: {
        ...process.env,
        WEIR_CONFIG: join(dir, 'weir.yaml'),
        WEIR_DATA_DIR: data,
        WEIR_HOST: '127.0.0.1',
        WEIR_PORT: String(port),
        WEIR_STATIC_DIR: webDist,
      },
    },
    (text) => {
      ends += 1
      report(text)
    },
  )
  const log = logFileOf(dir, 'bff')
  const deadline = Date.now() + readyWithinMs
  while (!(await isReady(url))) {
    // Ending again and again while it starts is a mistake that waiting doesn't mend.
    if (ends >= 3 || Date.now() > deadline) {
      await supervised.stop()
      throw new Error(`Weir doesn't become ready; see ${log}`)
    }
    await delay(200)
  }
  return Object.assign(supervised, { url, listed: () => listed(url) })
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false // not listening yet
  }
}

async function listed(url: string): Promise<{ tenants: RunTenant[]; instances: ListedInstance[] }> {
  const [tenants, instances] = await Promise.all([
    getJson<RunTenant[]>(`${url}/api/v1/tenants`),
    getJson<ListedInstance[]>(`${url}/api/v1/instances`),
  ])
  return { tenants, instances }
}

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}`)
  return (await response.json()) as T
}
