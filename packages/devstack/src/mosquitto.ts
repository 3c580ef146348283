import { existsSync, mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type BrokerControl, startBroker } from './broker-control.ts'
import { initialDynamicSecurity } from './dynamic-security.ts'
import { rememberedPorts } from './free-ports.ts'
import { findMosquittoPlugin } from './mosquitto-plugin.ts'
import { logFileOf, startProcess } from './processes.ts'
import { findProgram } from './programs.ts'
import { releaseOfPackage } from './releases.ts'
import type { Report } from './report.ts'
import { secretOf, writePrivateFile } from './secrets.ts'

/** Where a Mosquitto is and how its dynamic-security administrator signs in. The URL carries no credentials. */
export interface MosquittoAddress {
  url: string
  username: string
  password: string
}

export interface MosquittoBroker extends BrokerControl, MosquittoAddress {
  readonly kind: 'mqtt'
  /** `2.0`, as the list of packages says it, and not the broker itself; null: not known. */
  readonly release: string | null
}

export const mosquittoUsername = 'admin'

/**
 * Starts the machine's own Mosquitto with data and a port of its own under `<dir>/mosquitto`: dynamic security on,
 * its log published under `$SYS/broker/log`, `$SYS` every second or two.
 * The administrator may publish and subscribe to everything. Throws when Mosquitto isn't there or doesn't come up.
 */
export async function startMosquitto(options: { dir: string; report: Report }): Promise<MosquittoBroker> {
  const { dir, report } = options
  const server = findProgram('mosquitto')
  const plugin = findMosquittoPlugin()
  if (server === null || plugin === null) throw new Error('Mosquitto is not installed (package mosquitto)')
  const home = join(dir, 'mosquitto')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const { mqtt: port } = await rememberedPorts(join(home, 'ports.json'), ['mqtt'])
  const password = secretOf(dir, 'mosquitto.admin')
  const security = join(home, 'dynamic-security.json')
  const username = mosquittoUsername
  if (!existsSync(security)) writePrivateFile(security, initialDynamicSecurity(username, password))
  const configuration = join(home, 'mosquitto.conf')
  writePrivateFile(
    configuration,
    mosquittoLines({ listener: `${port} 127.0.0.1`, home, plugin, security }).join('\n'),
  )
  report(`starting on mqtt://127.0.0.1:${port}`)
  const control = await startBroker({
    name: 'Mosquitto',
    logFile: logFileOf(dir, 'mosquitto'),
    launch: () =>
      startProcess({ name: 'mosquitto', dir, command: server, args: ['-c', configuration], cwd: home }),
    isReady: () => accepts(port),
  })
  return Object.assign(control, {
    kind: 'mqtt' as const,
    release: releaseOfPackage('mosquitto'),
    url: `mqtt://127.0.0.1:${port}`,
    username,
    password,
  })
}

/** mosquitto.conf. No WebSocket listener: 2.0.11 binds it to every address whatever it is told. */
export function mosquittoLines(at: {
  /** A port, and an address to bind to. */
  listener: string
  home: string
  plugin: string
  security: string
  /** Who it runs as. Default: root, as whom it was started. */
  user?: string
}): string[] {
  return [
    `listener ${at.listener}`,
    `user ${at.user ?? 'root'}`, // left alone, root would drop to mosquitto, fail to read its files, and refuse everybody
    'per_listener_settings false',
    'allow_anonymous false',
    `plugin ${at.plugin}`,
    `plugin_opt_config_file ${at.security}`,
    'sys_interval 1',
    'log_dest topic',
    'log_type all',
    'connection_messages true',
    'persistence true',
    `persistence_location ${at.home}/`,
    'autosave_interval 60',
    '',
  ]
}

/** Whether somebody listens on this port of the loopback address. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
