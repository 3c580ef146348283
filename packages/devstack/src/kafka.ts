import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { type BrokerControl, startBroker } from './broker-control.ts'
import { rememberedPorts } from './free-ports.ts'
import { kafkaJars } from './kafka-jars.ts'
import { logFileOf, startProcess } from './processes.ts'
import { findProgram } from './programs.ts'
import type { Report } from './report.ts'
import { runCommand } from './run-command.ts'
import { secretOf, writePrivateFile } from './secrets.ts'

export interface KafkaSasl {
  mechanism: 'scram-sha-512'
  username: string
  password: string
}

/** Where a Kafka is and how its super user signs in. */
export interface KafkaAddress {
  /** `host:port` each. */
  bootstrap: string[]
  sasl: KafkaSasl
}

export interface KafkaBroker extends BrokerControl, KafkaAddress {
  readonly kind: 'kafka'
}

const portNames = ['client', 'internal', 'controller'] as const
type Ports = Record<(typeof portNames)[number], number>

const username = 'admin'

/**
 * Starts Apache Kafka, one KRaft node, with data and ports of its own under `<dir>/kafka`: SASL/SCRAM for clients,
 * and rights by ACL alone. Throws when Java or the jars can't be had, or when it doesn't come up.
 */
export async function startKafka(options: { dir: string; report: Report }): Promise<KafkaBroker> {
  const { dir, report } = options
  const java = findProgram('java')
  if (java === null) throw new Error('Apache Kafka needs Java 17 or newer (package default-jre-headless)')
  const jars = await kafkaJars(report)
  const home = join(dir, 'kafka')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const ports = await rememberedPorts(join(home, 'ports.json'), portNames)
  const sasl: KafkaSasl = { mechanism: 'scram-sha-512', username, password: secretOf(dir, 'kafka.admin') }
  writeConfiguration(home, ports)
  await formatOnce(java, jars, home, sasl, report)
  const bootstrap = [`127.0.0.1:${ports.client}`]
  report(`starting on ${bootstrap[0]}`)
  const control = await startBroker({
    name: 'Kafka',
    logFile: logFileOf(dir, 'kafka'),
    launch: () => startProcess({ name: 'kafka', dir, command: java, args: javaArgs(jars, home), cwd: home }),
    isReady: () => answers({ bootstrap, sasl }),
  })
  return Object.assign(control, { kind: 'kafka' as const, bootstrap, sasl })
}

function javaArgs(jars: string, home: string): string[] {
  return [
    '-Xms256m',
    '-Xmx512m',
    '-XX:TieredStopAtLevel=1', // starts in half the time; throughput isn't what this broker is for
    `-Dlog4j2.configurationFile=file:${join(home, 'log4j2.properties')}`,
    '-cp',
    `${jars}/*`,
    'kafka.Kafka',
    join(home, 'server.properties'),
  ]
}

/** Writes the cluster's id and the super user's password into an empty data folder. */
async function formatOnce(
  java: string,
  jars: string,
  home: string,
  sasl: KafkaSasl,
  report: Report,
): Promise<void> {
  if (existsSync(join(home, 'data', 'meta.properties'))) return
  report('formatting its data folder')
  const id = (await runCommand(java, ['-cp', `${jars}/*`, 'kafka.tools.StorageTool', 'random-uuid'])).trim()
  // The password goes by a file that java reads its arguments from, so that no list of processes shows it.
  const args = join(home, 'format.args')
  writePrivateFile(
    args,
    `-cp "${jars}/*" kafka.tools.StorageTool format --standalone -t ${id} -c "${join(home, 'server.properties')}"
--add-scram "SCRAM-SHA-512=[name=${sasl.username},password=${sasl.password}]"\n`,
  )
  try {
    await runCommand(java, [`@${args}`], { cwd: home })
  } finally {
    rmSync(args, { force: true })
  }
}

/** A login and one answer, since the port is open seconds before the broker serves anybody. */
export async function answers(address: KafkaAddress): Promise<boolean> {
  const { mechanism, username, password } = address.sasl
  const kafka = new Kafka({
    brokers: address.bootstrap,
    sasl: { mechanism, username, password },
    connectionTimeout: 1000,
    authenticationTimeout: 2000,
    requestTimeout: 2000,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    return (await admin.describeCluster()).brokers.length > 0
  } catch {
    return false // not up yet; the caller asks again, and gives up in time
  } finally {
    await admin.disconnect().catch(() => {})
  }
}

function writeConfiguration(home: string, ports: Ports): void {
  writeFileSync(join(home, 'log4j2.properties'), `${logLines.join('\n')}\n`)
  writePrivateFile(
    join(home, 'server.properties'),
    `${kafkaServerLines(localPlaces(home, ports)).join('\n')}\n`,
  )
}

const logLines = [
  'rootLogger.level=warn',
  'rootLogger.appenderRef.c.ref=c',
  'appender.c.type=Console',
  'appender.c.name=c',
  'appender.c.layout.type=PatternLayout',
  'appender.c.layout.pattern=%d %p %c{1} %m%n',
  'logger.k.name=kafka.server.KafkaRaftServer',
  'logger.k.level=info',
]

/** What differs between a broker of this machine's and one in a container. */
export interface KafkaPlaces {
  listeners: string
  advertised: string
  controller: string
  dataDir: string
}

function localPlaces(home: string, ports: Ports): KafkaPlaces {
  const listeners = [
    `CLIENT://127.0.0.1:${ports.client}`,
    `INTERNAL://127.0.0.1:${ports.internal}`,
    `CONTROLLER://127.0.0.1:${ports.controller}`,
  ].join(',')
  const controller = `127.0.0.1:${ports.controller}`
  return { listeners, advertised: listeners, controller, dataDir: join(home, 'data') }
}

/**
 * server.properties. ANONYMOUS is a super user only because INTERNAL and CONTROLLER are plain text on loopback, for
 * the broker itself.
 */
export function kafkaServerLines({ listeners, advertised, controller, dataDir }: KafkaPlaces): string[] {
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'
  return [
    'process.roles=broker,controller',
    'node.id=1',
    'controller.listener.names=CONTROLLER',
    `controller.quorum.bootstrap.servers=${controller}`,
    `listeners=${listeners}`,
    `advertised.listeners=${advertised}`,
    'listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name=INTERNAL',
    'sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256',
    `listener.name.client.scram-sha-512.sasl.jaas.config=${scram}`,
    `listener.name.client.scram-sha-256.sasl.jaas.config=${scram}`,
    'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users=User:admin;User:ANONYMOUS',
    'allow.everyone.if.no.acl.found=false',
    'auto.create.topics.enable=false',
    `log.dirs=${dataDir}`,
    'log.retention.check.interval.ms=60000',
    'offsets.topic.num.partitions=4',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.num.partitions=4',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    // A node that comes back is taken in only when its former session has run out: 9 s by default.
    'broker.session.timeout.ms=4000',
    'broker.heartbeat.interval.ms=1000',
    'controlled.shutdown.enable=false', // one node has nobody to hand over to
    'leader.imbalance.check.interval.seconds=10',
  ]
}
