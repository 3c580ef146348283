import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { nodeProgram, repositoryRoot } from './paths.ts'
import { type Counts, countsOfRun, oneCheck } from './test-counts.ts'

export interface TestStep {
  name: string
  /** Arguments of Node: a script and its own arguments. */
  args: readonly string[]
  env?: Record<string, string>
  /** After this long it is ended, and counts as failed. */
  limitMs: number
  /** Where it writes its JSON report, and how that is counted. Without one, the exit status is the one check. */
  report?: { file: string; count(report: never): Counts }
}

/** Runs one step, its output going to ours as it comes. Never throws: what goes wrong is counted. */
export async function runTestStep(step: TestStep, stopped: AbortSignal): Promise<Counts> {
  if (step.report !== undefined) rmSync(step.report.file, { force: true })
  const status = stopped.aborted ? null : await exitStatus(step, stopped)
  if (step.report === undefined) return oneCheck(status === 0)
  return countsOfRun(readReport(step.report), status === 0)
}

function exitStatus(step: TestStep, stopped: AbortSignal): Promise<number | null> {
  const child = spawn(nodeProgram, step.args, {
    cwd: repositoryRoot,
    // kafkajs 2.2.4 asks for time-outs in the past, and Node says so each time.
    env: { ...process.env, NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning', ...step.env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true, // a group of its own, so that its workers and browsers end with it
  })
  const end = () => endGroup(child)
  const timer = setTimeout(() => {
    console.error(`${step.name}: not done after ${step.limitMs / 60_000} min, ended`)
    end()
  }, step.limitMs)
  stopped.addEventListener('abort', end, { once: true })
  return new Promise((resolve) => {
    const settle = (status: number | null) => {
      clearTimeout(timer)
      stopped.removeEventListener('abort', end)
      resolve(status)
    }
    child.once('error', (error) => {
      console.error(`${step.name}: ${error.message}`)
      settle(null)
    })
    child.once('exit', settle)
  })
}

function endGroup(child: ChildProcess): void {
  const group = child.pid
  if (group === undefined) return
  signalGroup(group, 'SIGTERM')
  setTimeout(() => signalGroup(group, 'SIGKILL'), 5000).unref()
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal)
  } catch {
    // All of them have ended: what we wanted.
  }
}

function readReport({ file, count }: NonNullable<TestStep['report']>): Counts | null {
  if (!existsSync(file)) return null
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')) as never)
  } catch (error) {
    console.error(`${file} can't be read: ${error}`)
    return null
  }
}
