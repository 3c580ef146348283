import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import type { MqttTarget } from '../../driver.ts'
import { brokersRequired, closedPort, failToRun, skipLoudly, waitFor } from '../../testing/index.ts'

/** A Mosquitto to start brokers of a test's own with. */
interface MosquittoProgram {
  /** What sets it apart in a suite's name; empty for the machine's own. */
  readonly age: '' | ', newer'
  /** Where it is; null: nowhere. */
  readonly path: string | null
  /** Why this machine can't have it, whatever is done; null: it can. */
  readonly unavailable: string | null
}

/** The machine's own, or the one that TEST_MOSQUITTO names; and TEST_MOSQUITTO_NEWER. */
const mosquittoPrograms: readonly MosquittoProgram[] = [
  {
    age: '',
    path: firstOf([process.env.TEST_MOSQUITTO, '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto']),
    unavailable: null,
  },
  {
    age: ', newer',
    path: firstOf([process.env.TEST_MOSQUITTO_NEWER]),
    unavailable: process.env.TEST_MQTT_NEWER_UNAVAILABLE || null,
  },
]

function firstOf(paths: readonly (string | undefined)[]): string | null {
  return paths.find((path) => path !== undefined && existsSync(path)) ?? null
}

/** Starts a broker of a test's own. `lines` replace the usual ones of its configuration; the listener is given. */
export type StartOwnMosquitto = (lines?: readonly string[]) => Promise<OwnMosquitto>

/** A `describe` for each Mosquitto that can be started. One that isn't there is skipped, loudly, or fails. */
export function describeOnOwnMosquitto(name: string, tests: (start: StartOwnMosquitto) => void): void {
  for (const program of mosquittoPrograms) {
    const { age, path, unavailable } = program
    if (path !== null) {
      describe(name + age, () => tests((lines = USUAL) => startOwnMosquitto(path, lines)))
      continue
    }
    if (unavailable === null && brokersRequired) failToRun(name + age, 'no such program was found')
    else skipLoudly(name + age, unavailable ?? 'no such program was found')
  }
}

/** A broker of a test's own, for exact counts and for faults. */
export interface OwnMosquitto {
  readonly target: MqttTarget
  readonly url: string
  /** Stops the process as SIGSTOP does: its connections stay open and nothing answers. */
  freeze(): void
  thaw(): void
  /** SIGKILL, and again on the same port. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const USUAL = ['sys_interval 1', 'log_dest topic', 'log_type all', 'connection_messages true']

async function startOwnMosquitto(program: string, lines: readonly string[]): Promise<OwnMosquitto> {
  const home = mkdtempSync(join(tmpdir(), 'weir-mosquitto-'))
  const port = await closedPort()
  const file = join(home, 'mosquitto.conf')
  const always = [`listener ${port} 127.0.0.1`, 'user root', 'allow_anonymous true']
  writeFileSync(file, [...always, ...lines, ''].join('\n'))
  let running = await launch(program, file, port)
  const url = `mqtt://127.0.0.1:${port}`
  return {
    url,
    target: { kind: 'mqtt', urls: [url], username: null, password: null },
    freeze: () => running.kill('SIGSTOP'),
    thaw: () => running.kill('SIGCONT'),
    async restart() {
      await end(running)
      running = await launch(program, file, port)
    },
    async stop() {
      await end(running)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function launch(program: string, file: string, port: number): Promise<ChildProcess> {
  const child = spawn(program, ['-c', file], { stdio: 'ignore' })
  await waitFor('mosquitto to listen', () => {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`)
    return accepts(port)
  })
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
