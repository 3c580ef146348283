import { type ChildProcess, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { identify, isAlive, type ProcessIdentity, readPidFile, writePidFile } from './process-identity.ts'
import { findProgram } from './programs.ts'

/** How long a process may take to end in order before it is ended by force. */
const patienceMs = 10_000
const logLimitBytes = 10_000_000

export interface ProcessOptions {
  /** Names the log and the pid file: `<dir>/logs/<name>.log`, `<dir>/pids/<name>.json`. */
  name: string
  dir: string
  command: string
  args: readonly string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** How long SIGTERM may take before SIGKILL follows. Default 10 s. */
  patienceMs?: number
  /** `command` takes no signals and passes none on (unshare): its only child is the program that we hold. Linux. */
  isWrapper?: boolean
}

export interface RunningProcess {
  readonly pid: number
  /** Settles when the process is gone, with how it ended in words: `exit status 1`, `SIGKILL`. */
  readonly ended: Promise<string>
  /** SIGTERM, then SIGKILL; settles when the process is gone. */
  stop(): Promise<void>
  /** SIGKILL; settles when the process is gone. */
  kill(): Promise<void>
  /** SIGSTOP: the process keeps its sockets and answers nobody. */
  pause(): void
  resume(): void
}

/**
 * Starts a child that ends when we do, however we end. Its output goes to its log file.
 * One of the same name left over by a crashed run is ended first, and only if it is that very process.
 * Throws when the program can't be run at all, and once `stopAllProcesses` was called.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  if (stopping) throw new Error(`${options.name} isn't started: everything is being stopped`)
  const pidFile = join(options.dir, 'pids', `${options.name}.json`)
  mkdirSync(dirname(pidFile), { recursive: true })
  await endLeftOver(pidFile)
  const child = await spawnLogged(options)
  const pid = options.isWrapper ? await onlyChildOf(child, options) : (child.pid as number)
  const identity = identify(pid)
  if (identity !== null) writePidFile(pidFile, identity)
  children.add(child)
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      children.delete(child)
      running.delete(started)
      rmSync(pidFile, { force: true })
      resolve(signal ?? `exit status ${code}`)
    })
  })
  const started = control(child, pid, ended, options.patienceMs ?? patienceMs)
  running.add(started)
  return started
}

/** Ends the process that a pid file names, if it still is that one. */
export async function endLeftOver(pidFile: string): Promise<void> {
  const leftOver = readPidFile(pidFile)
  if (leftOver === null) return
  signal(leftOver.pid, 'SIGCONT')
  signal(leftOver.pid, 'SIGTERM')
  if (!(await goneWithin(leftOver, patienceMs))) signal(leftOver.pid, 'SIGKILL')
  await goneWithin(leftOver, patienceMs)
  rmSync(pidFile, { force: true })
}

/** The log file of a process in this data folder. */
export function logFileOf(dir: string, name: string): string {
  return join(dir, 'logs', `${name}.log`)
}

/** Ends every process that was started here and still runs; from then on none can be started. */
export async function stopAllProcesses(): Promise<void> {
  stopping = true
  await Promise.all([...running].map((process) => process.stop()))
}

export function isStopping(): boolean {
  return stopping
}

let stopping = false

const running = new Set<RunningProcess>()
const children = new Set<ChildProcess>()

// Where setpriv isn't there (macOS), this covers every end of ours but SIGKILL.
process.once('exit', () => {
  for (const child of children) child.kill('SIGTERM')
})

function control(child: ChildProcess, pid: number, ended: Promise<string>, patience: number): RunningProcess {
  const isRunning = () => children.has(child)
  return {
    pid,
    ended,
    async stop() {
      if (!isRunning()) return
      signal(pid, 'SIGCONT') // a paused process would keep SIGTERM waiting
      signal(pid, 'SIGTERM')
      const timer = setTimeout(() => signal(pid, 'SIGKILL'), patience)
      await ended
      clearTimeout(timer)
    },
    async kill() {
      if (isRunning()) signal(pid, 'SIGKILL')
      await ended
    },
    pause: () => void (isRunning() && signal(pid, 'SIGSTOP')),
    resume: () => void (isRunning() && signal(pid, 'SIGCONT')),
  }
}

function spawnLogged(options: ProcessOptions): Promise<ChildProcess> {
  const log = openLog(logFileOf(options.dir, options.name))
  const atOurEnd = options.isWrapper ? 'KILL' : 'TERM'
  const [command, ...args] = endingWithParent([options.command, ...options.args], atOurEnd)
  const child = spawn(command as string, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', log, log],
    // A process group of its own: Ctrl-C in the terminal reaches us alone, and we stop the children in order.
    detached: true,
  })
  closeSync(log)
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child))
    child.once('error', (cause) => reject(new Error(`${options.command} can't be run`, { cause })))
  })
}

// The kernel's own "tell me when my parent dies"; it holds through exec(), so the program keeps the pid that we know.
function endingWithParent(command: string[], signal: 'TERM' | 'KILL'): string[] {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : null
  return setpriv === null ? command : [setpriv, '--pdeathsig', signal, '--', ...command]
}

/** Throws when the wrapper ends without having had a child. */
async function onlyChildOf(wrapper: ChildProcess, { name, dir }: ProcessOptions): Promise<number> {
  for (;;) {
    const child = firstChildOf(wrapper.pid as number)
    if (child !== null) return child
    if (wrapper.exitCode !== null || wrapper.signalCode !== null) {
      throw new Error(`${name} can't be started; see ${logFileOf(dir, name)}`)
    }
    await delay(10)
  }
}

function firstChildOf(pid: number): number | null {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return Number.parseInt(children, 10) || null
  } catch {
    return null // it has ended
  }
}

function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true })
  if (existsSync(file) && statSync(file).size > logLimitBytes) truncateSync(file)
  return openSync(file, 'a', 0o600)
}

async function goneWithin(identity: ProcessIdentity, ms: number): Promise<boolean> {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await delay(100)) {
    if (!isAlive(identity)) return true
  }
  return !isAlive(identity)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended between our look and the signal: what we wanted.
  }
}
