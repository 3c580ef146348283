import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { exclusively } from './exclusively.ts'
import { cacheDir } from './paths.ts'
import { logFileOf, startProcess } from './processes.ts'
import { findProgram } from './programs.ts'
import type { Report } from './report.ts'

const suite = 'forky'

/** Where it is once it was unpacked. */
export const newerRootFolder = join(cacheDir, suite)

/**
 * Why this machine can't have the newer Debian whatever is done; null where it may. Unpacking it takes root, and it is
 * a Debian that must know where its packages come from.
 */
export function whyNoNewerRoot(): string | null {
  if (process.platform !== 'linux') return 'newer brokers are unpacked from Debian, and this is not Linux'
  if (process.getuid?.() !== 0) return 'unpacking newer brokers beside the system needs root'
  if (debianMirror() === null) return "the system's sources name no Debian mirror"
  return null
}

/**
 * The root of a Debian of the testing suite with its RabbitMQ and Mosquitto, unpacked at the first call (400 MB, about
 * a minute) and kept for every data folder. Nothing in it is started, and nothing outside it changes.
 * Throws with the reason when it can't be had.
 */
export async function newerRoot(report: Report): Promise<string> {
  const root = newerRootFolder
  if (existsSync(root)) return root
  const why = whyNoNewerRoot()
  if (why !== null) throw new Error(why)
  return exclusively(suite, report, async () => {
    if (!existsSync(root)) await unpack(root, report)
    return root
  })
}

async function unpack(root: string, report: Report): Promise<void> {
  const debootstrap = findProgram('debootstrap')
  if (debootstrap === null)
    throw new Error('newer brokers need debootstrap to be unpacked (package debootstrap)')
  const unfinished = `${root}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  report(`unpacking Debian ${suite} for its RabbitMQ and Mosquitto: 400 MB, about a minute, once`)
  const options = ['--variant=minbase', '--include=rabbitmq-server,mosquitto', '--components=main']
  const unpacking = await startProcess({
    name: 'debootstrap',
    dir: cacheDir,
    // Namespaces of its own: what it mounts and starts is gone when it ends, however it ends.
    command: findProgram('unshare') ?? 'unshare',
    args: ['--mount', '--pid', '--fork', '--mount-proc', '--kill-child', debootstrap]
      .concat(options)
      .concat(suite, unfinished, debianMirror() as string, suiteScript()),
    isWrapper: true,
  })
  const how = await unpacking.ended
  if (how !== 'exit status 0') {
    throw new Error(`debootstrap ended with ${how}; see ${logFileOf(cacheDir, 'debootstrap')}`)
  }
  // A place for a broker's data, and for the system's hosts file: there is none, and Erlang looks up `localhost`.
  mkdirSync(join(unfinished, 'data'))
  appendFileSync(join(unfinished, 'etc/hosts'), '')
  renameSync(unfinished, root)
}

/** A debootstrap older than the suite doesn't know it by name; all of Debian's later ones are unpacked like sid. */
function suiteScript(): string {
  const scripts = '/usr/share/debootstrap/scripts'
  return [`${scripts}/${suite}`, `${scripts}/sid`].find(existsSync) ?? `${scripts}/sid`
}

/** Where the system's own packages come from: that mirror has the later suites too. */
function debianMirror(): string | null {
  const folder = '/etc/apt/sources.list.d'
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  for (const file of ['/etc/apt/sources.list', ...files]) {
    const mirror = existsSync(file) ? mirrorIn(readFileSync(file, 'utf8')) : null
    if (mirror !== null) return mirror
  }
  return null
}

/** From one file of sources, in either of apt's formats: the mirror of Debian itself, not of its security updates. */
export function mirrorIn(sources: string): string | null {
  const named = /^(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s+(\S*\/debian\/?)(?:\s|$)/m.exec(sources)
  return named?.[1] ?? null
}
