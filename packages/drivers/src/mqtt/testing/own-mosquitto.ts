import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MqttTarget } from '../../driver.ts'
import { brokersRequired, closedPort, waitFor } from '../../testing/index.ts'

/** TEST_MOSQUITTO names another program than the machine's own, to try another version. */
const program = [process.env.TEST_MOSQUITTO, '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find(
  (path) => path !== undefined && existsSync(path),
)

/** Why no broker can be started here; null where one can. Throws where brokers are required. */
export function mosquittoMissing(): string | null {
  if (program !== undefined) return null
  if (brokersRequired) throw new Error('no mosquitto program was found, and REQUIRE_BROKERS=1')
  return 'no mosquitto program was found'
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

/** `lines` replace the usual ones; the listener is given. */
export async function startOwnMosquitto(lines: readonly string[] = USUAL): Promise<OwnMosquitto> {
  const home = mkdtempSync(join(tmpdir(), 'weir-mosquitto-'))
  const port = await closedPort()
  const file = join(home, 'mosquitto.conf')
  const always = [`listener ${port} 127.0.0.1`, 'user root', 'allow_anonymous true']
  writeFileSync(file, [...always, ...lines, ''].join('\n'))
  let running = await launch(file, port)
  const url = `mqtt://127.0.0.1:${port}`
  return {
    url,
    target: { kind: 'mqtt', urls: [url], username: null, password: null },
    freeze: () => running.kill('SIGSTOP'),
    thaw: () => running.kill('SIGCONT'),
    async restart() {
      await end(running)
      running = await launch(file, port)
    },
    async stop() {
      await end(running)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function launch(file: string, port: number): Promise<ChildProcess> {
  if (program === undefined) throw new Error('no mosquitto program was found')
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
