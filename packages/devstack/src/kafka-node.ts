import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { type BrokerControl, startBroker } from './broker-control.ts'
import type { KafkaAddress, KafkaSasl } from './kafka.ts'
import type { KafkaVersion } from './kafka-jars.ts'
import { type KafkaTls, kafkaLogging, kafkaServerLines } from './kafka-properties.ts'
import { logFileOf, startProcess } from './processes.ts'
import { findProgram } from './programs.ts'
import { runCommand } from './run-command.ts'
import { writePrivateFile } from './secrets.ts'

/** One node of a cluster, to be set up and started. */
export interface KafkaNodePlan {
  id: number
  version: KafkaVersion
  /** Names its data folder in `dir`, its process and its log. */
  name: string
  dir: string
  jars: string
  ports: { client: number; internal: number; controller: number }
  /** `host:port` of each node's controller, in the order of their ids, from 1. */
  controllers: readonly string[]
  maxHeap: string
  /** Serves TLS, too, on this port. */
  tls?: KafkaTls & { port: number }
}

export function javaProgram(): string {
  const java = findProgram('java')
  if (java === null) throw new Error('Apache Kafka needs Java 17 or newer (package default-jre-headless)')
  return java
}

/** 22 characters of base64url, the form that Kafka gives its ids; none may begin with a dash. */
export function randomKafkaId(): string {
  return `A${randomBytes(16).toString('base64url').slice(1)}`
}

/** Where this node's clients go. */
export function clientAddress({ ports }: KafkaNodePlan): string {
  return `127.0.0.1:${ports.client}`
}

/** Writes its configuration and, into an empty data folder, the cluster's id and the super user's password. */
export async function prepareKafkaNode(
  node: KafkaNodePlan,
  sasl: KafkaSasl,
  clusterId: string,
  formatOptions: readonly string[],
): Promise<void> {
  const home = homeOf(node)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const logging = kafkaLogging(node.version)
  writeFileSync(join(home, logging.file), `${logging.lines.join('\n')}\n`)
  const properties = join(home, 'server.properties')
  writePrivateFile(properties, `${kafkaServerLines(placesOf(node), node.version).join('\n')}\n`)
  if (existsSync(join(home, 'data', 'meta.properties'))) return
  // The password goes by a file that java reads its arguments from, so that no list of processes shows it.
  const args = join(home, 'format.args')
  const tool = ['-cp', `"${node.jars}/*"`, 'kafka.tools.StorageTool', 'format', '-t', clusterId]
  const user = ['--add-scram', `"SCRAM-SHA-512=[name=${sasl.username},password=${sasl.password}]"`]
  writePrivateFile(args, [...tool, '-c', `"${properties}"`, ...formatOptions, ...user].join('\n'))
  try {
    await runCommand(javaProgram(), [`@${args}`], { cwd: home })
  } finally {
    rmSync(args, { force: true })
  }
}

/** Starts a node that was prepared; settles when it serves clients. Throws when it doesn't come up. */
export function startKafkaNode(node: KafkaNodePlan, sasl: KafkaSasl): Promise<BrokerControl> {
  const { name, dir } = node
  const home = homeOf(node)
  const at = { bootstrap: [clientAddress(node)], sasl }
  return startBroker({
    name: `Kafka ${node.version}`,
    logFile: logFileOf(dir, name),
    launch: () => startProcess({ name, dir, command: javaProgram(), args: javaArgs(node, home), cwd: home }),
    isReady: () => answers(at),
  })
}

function javaArgs({ version, jars, maxHeap }: KafkaNodePlan, home: string): string[] {
  const { option, file } = kafkaLogging(version)
  return [
    '-Xms256m',
    `-Xmx${maxHeap}`,
    '-XX:TieredStopAtLevel=1', // starts in half the time; throughput isn't what this broker is for
    `${option}${join(home, file)}`,
    '-cp',
    `${jars}/*`,
    'kafka.Kafka',
    join(home, 'server.properties'),
  ]
}

function homeOf({ dir, name }: KafkaNodePlan): string {
  return join(dir, name)
}

function placesOf(node: KafkaNodePlan) {
  const { ports } = node
  const listeners = [
    `CLIENT://${clientAddress(node)}`,
    `INTERNAL://127.0.0.1:${ports.internal}`,
    `CONTROLLER://127.0.0.1:${ports.controller}`,
  ].join(',')
  const dataDir = join(homeOf(node), 'data')
  const tls = node.tls && { ...node.tls, address: `127.0.0.1:${node.tls.port}` }
  return {
    nodeId: node.id,
    listeners,
    advertised: listeners,
    controllers: node.controllers,
    dataDir,
    ...(tls && { tls }),
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
