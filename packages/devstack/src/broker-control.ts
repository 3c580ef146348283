import { setTimeout as delay } from 'node:timers/promises'
import type { RunningProcess } from './processes.ts'

/**
 * A hand on one real broker's process, for the demonstration and for tests of faults.
 * Every signal goes to the broker itself (beam.smp, java, mosquitto), never to a wrapper.
 */
export interface BrokerControl {
  /** The broker's process id; another one after `start()`. */
  readonly pid: number
  readonly running: boolean
  /** Ends the broker in order, and what it started beside itself. */
  stop(): Promise<void>
  /** SIGKILL: what a crash looks like. */
  kill(): Promise<void>
  /** SIGSTOP: what a hang looks like. Sockets stay open and nothing answers. */
  pause(): void
  resume(): void
  /** Again, on the same ports and the same data; settles when the broker is ready. */
  start(): Promise<void>
  /** Calls back when the broker ends without `stop()` or `kill()` having been called. Returns how to unsubscribe. */
  onUnexpectedEnd(listener: (how: string) => void): () => void
}

export interface BrokerParts {
  name: string
  launch(): Promise<RunningProcess>
  /** Settles true once the broker serves clients; asked again until it does. */
  isReady(): Promise<boolean>
  /** How long a start may take. Default 120 s: a cold, busy machine. */
  startTimeoutMs?: number
  /** Where a person finds out why it didn't start. */
  logFile: string
  afterEnd?(): Promise<void>
}

/** Starts the broker and waits until it serves clients. Throws, with the log's place, when it doesn't. */
export async function startBroker(parts: BrokerParts): Promise<BrokerControl> {
  const listeners = new Set<(how: string) => void>()
  let process: RunningProcess
  let running = false

  async function start(): Promise<void> {
    if (running) return
    process = await parts.launch()
    const started = process
    running = true
    started.ended.then((how) => {
      const unexpected = running && process === started
      running = process === started ? false : running
      if (unexpected) for (const listener of listeners) listener(how)
    })
    try {
      await untilReady(parts, started)
    } catch (error) {
      await end('stop')
      throw error
    }
  }

  async function end(way: 'stop' | 'kill'): Promise<void> {
    running = false
    await process[way]()
    if (way === 'stop') await parts.afterEnd?.()
  }

  await start()
  return {
    get pid() {
      return process.pid
    },
    get running() {
      return running
    },
    start,
    stop: () => end('stop'),
    kill: () => end('kill'),
    pause: () => process.pause(),
    resume: () => process.resume(),
    onUnexpectedEnd(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function untilReady(parts: BrokerParts, process: RunningProcess): Promise<void> {
  const deadline = Date.now() + (parts.startTimeoutMs ?? 120_000)
  let endedAs: string | null = null
  process.ended.then((how) => {
    endedAs = how
  })
  while (!(await parts.isReady())) {
    if (endedAs !== null)
      throw new Error(`${parts.name} ended with ${endedAs} while starting; see ${parts.logFile}`)
    if (Date.now() > deadline) throw new Error(`${parts.name} doesn't answer; see ${parts.logFile}`)
    await delay(200)
  }
}
