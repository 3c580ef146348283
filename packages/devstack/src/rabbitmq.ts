import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrokerControl, startBroker } from './broker-control.ts'
import { rememberedPorts } from './free-ports.ts'
import { logFileOf, type RunningProcess, startProcess } from './processes.ts'
import { findProgram } from './programs.ts'
import { createRabbitmqApi } from './rabbitmq-api.ts'
import { releaseOfPackage } from './releases.ts'
import type { Report } from './report.ts'
import { secretOf, writePrivateFile } from './secrets.ts'

/** Where a RabbitMQ is and how its administrator signs in. URLs carry no credentials. */
export interface RabbitmqAddress {
  amqp: string
  management: string
  prometheus: string
  /** Listener of the MQTT plugin. */
  mqtt: string
  username: string
  password: string
}

export interface RabbitmqBroker extends BrokerControl, RabbitmqAddress {
  readonly kind: 'rabbitmq'
  /** `3.10`, as the list of packages says it, and not the broker itself; null: not known. */
  readonly release: string | null
}

export const rabbitmqPortNames = [
  'amqp',
  'management',
  'prometheus',
  'mqtt',
  'webMqtt',
  'stream',
  'dist',
  'epmd',
] as const
export type RabbitmqPorts = Record<(typeof rabbitmqPortNames)[number], number>

/** Management and statistics for Weir, MQTT and the event exchange for whoever tries them. */
export const rabbitmqPlugins = [
  'rabbitmq_management',
  'rabbitmq_prometheus',
  'rabbitmq_mqtt',
  'rabbitmq_event_exchange',
]
const username = 'weir'

/**
 * Starts the machine's own RabbitMQ with data and ports of its own under `<dir>/rabbitmq`.
 * Its one user is the administrator `weir` with a random password; `guest` is never made.
 * Throws when RabbitMQ isn't installed or doesn't come up.
 */
export async function startRabbitmq(options: { dir: string; report: Report }): Promise<RabbitmqBroker> {
  const { dir, report } = options
  const server = serverProgram()
  const home = join(dir, 'rabbitmq')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const ports = await rememberedPorts(join(home, 'ports.json'), rabbitmqPortNames)
  const password = secretOf(dir, 'rabbitmq.weir')
  writeRabbitmqConfiguration(home, ports, password)
  const address = rabbitmqAddress(ports, password)
  report(`starting on ${address.amqp}, management ${address.management}`)
  const control = await startRabbitmqProcess(dir, home, ports, server, address)
  const release = releaseOfPackage('rabbitmq-server')
  return Object.assign(control, { kind: 'rabbitmq' as const, release, ...address })
}

export function rabbitmqAddress(ports: RabbitmqPorts, password: string): RabbitmqAddress {
  return {
    amqp: `amqp://127.0.0.1:${ports.amqp}`,
    management: `http://127.0.0.1:${ports.management}`,
    prometheus: `http://127.0.0.1:${ports.prometheus}`,
    mqtt: `mqtt://127.0.0.1:${ports.mqtt}`,
    username,
    password,
  }
}

function serverProgram(): string {
  // Debian's /usr/sbin/rabbitmq-server is a wrapper that changes user and loses our environment.
  const server = findProgram('/usr/lib/rabbitmq/bin/rabbitmq-server') ?? findProgram('rabbitmq-server')
  if (server === null) throw new Error('RabbitMQ is not installed (package rabbitmq-server)')
  return server
}

function startRabbitmqProcess(
  dir: string,
  home: string,
  ports: RabbitmqPorts,
  server: string,
  address: RabbitmqAddress,
): Promise<BrokerControl> {
  let epmd: RunningProcess | null = null
  return startBroker({
    name: 'RabbitMQ',
    logFile: logFileOf(dir, 'rabbitmq'),
    async launch() {
      epmd ??= await startEpmd(dir, ports.epmd)
      return startProcess({
        name: 'rabbitmq',
        dir,
        command: server,
        args: [],
        env: { PATH: process.env.PATH, ...rabbitmqEnvironment(home, ports, join(dir, 'logs')) },
        cwd: home,
        // An orderly end writes out every queue; on a busy machine that may take a while.
        patienceMs: 30_000,
      })
    },
    isReady: () => servesAmqp(address),
    async afterEnd() {
      await epmd?.stop()
      epmd = null
    },
  })
}

/** Management answers before AMQP does, so it is asked about the AMQP port. */
export async function servesAmqp(address: RabbitmqAddress): Promise<boolean> {
  const { port } = new URL(address.amqp)
  return (await createRabbitmqApi(address).status(`/api/health/checks/port-listener/${port}`)) === 200
}

/**
 * Erlang's port mapper. Left alone, the broker would start one as a daemon that outlives it and that we don't know the
 * process id of; so it finds ours, on a port of its own, and this one ends with us.
 */
function startEpmd(dir: string, port: number): Promise<RunningProcess> {
  const epmd = findProgram('epmd')
  if (epmd === null) throw new Error("Erlang's epmd is not installed")
  return startProcess({
    name: 'epmd',
    dir,
    command: epmd,
    args: ['-port', String(port), '-address', '127.0.0.1'],
    // Without this a leftover registration could keep the name for ever.
    env: { PATH: process.env.PATH, HOME: dir },
  })
}

/** What the broker is told, with its configuration in `home`, as the broker sees these folders. */
export function rabbitmqEnvironment(
  home: string,
  ports: RabbitmqPorts,
  logs: string,
): Record<string, string> {
  return {
    LANG: 'C.UTF-8',
    HOME: home, // the Erlang cookie is written here
    RABBITMQ_NODENAME: 'weir@localhost',
    RABBITMQ_CONF_ENV_FILE: '/dev/null', // or /etc/rabbitmq/rabbitmq-env.conf would have its say
    RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(home, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(home, 'mnesia'),
    RABBITMQ_LOG_BASE: logs,
    RABBITMQ_DIST_PORT: String(ports.dist),
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // With it the script exec()s the broker instead of waiting beside it, so the pid that we know is beam.smp's.
    RABBITMQ_ALLOW_INPUT: 'true',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: [
      '-noinput -kernel inet_dist_use_interface {127,0,0,1}',
      '+sbwt none +sbwtdcpu none +sbwtdio none', // don't spin while idle: the machine is shared
    ].join(' '),
  }
}

/** Configuration and plugins, into `home`. */
export function writeRabbitmqConfiguration(home: string, ports: RabbitmqPorts, password: string): void {
  writeFileSync(join(home, 'enabled_plugins'), `[${rabbitmqPlugins.join(',')}].\n`)
  writePrivateFile(join(home, 'rabbitmq.conf'), `${configurationLines(ports, password).join('\n')}\n`)
}

// web_mqtt and stream listen on every address as soon as somebody switches their plugins on: said beforehand.
function configurationLines(ports: RabbitmqPorts, password: string): string[] {
  return [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.management}`,
    'prometheus.tcp.ip = 127.0.0.1',
    `prometheus.tcp.port = ${ports.prometheus}`,
    `mqtt.listeners.tcp.1 = 127.0.0.1:${ports.mqtt}`,
    'mqtt.allow_anonymous = false',
    'web_mqtt.tcp.ip = 127.0.0.1',
    `web_mqtt.tcp.port = ${ports.webMqtt}`,
    `stream.listeners.tcp.1 = 127.0.0.1:${ports.stream}`,
    `default_user = ${username}`,
    `default_pass = ${password}`,
    'default_user_tags.administrator = true',
    'log.file = rabbitmq-server.log',
    'log.file.rotation.size = 10485760',
    'log.file.rotation.count = 2',
  ]
}
