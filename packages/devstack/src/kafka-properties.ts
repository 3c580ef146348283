import type { KafkaVersion } from './kafka-jars.ts'

/** What differs between one node and another, wherever they run. */
export interface KafkaPlaces {
  nodeId: number
  listeners: string
  advertised: string
  /** `host:port` of each node's controller, in the order of their ids, from 1. */
  controllers: readonly string[]
  dataDir: string
  /** A second way in for clients, over TLS: `host:port`, and the certificate with its key as PEM. */
  tls?: KafkaTls & { address: string }
}

/** PEM texts; the key in PKCS #8, the only form that Kafka reads. */
export interface KafkaTls {
  cert: string
  key: string
}

/**
 * server.properties. ANONYMOUS is a super user only because INTERNAL and CONTROLLER are plain text on loopback, for
 * the brokers themselves.
 */
export function kafkaServerLines(places: KafkaPlaces, version: KafkaVersion): string[] {
  const { nodeId, listeners, advertised, controllers, dataDir } = places
  const copies = controllers.length
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'
  return [
    'process.roles=broker,controller',
    `node.id=${nodeId}`,
    `broker.rack=r${nodeId}`,
    'controller.listener.names=CONTROLLER',
    quorumLine(controllers, version),
    `listeners=${withTls(listeners, places)}`,
    `advertised.listeners=${withTls(advertised, places)}`,
    'listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,TLS:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    ...tlsLines(places, scram),
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
    ...internalTopicLines('offsets.topic', copies > 1 ? 6 : 4, copies),
    ...internalTopicLines('transaction.state.log', 4, copies),
    `transaction.state.log.min.isr=${inSync(copies)}`,
    ...(version === '3.9.1' ? [] : internalTopicLines('share.coordinator.state.topic', 4, copies)),
    ...(version === '3.9.1' ? [] : [`share.coordinator.state.topic.min.isr=${inSync(copies)}`]),
    'group.initial.rebalance.delay.ms=0',
    // A node that comes back is taken in only when its former session has run out: 9 s by default.
    'broker.session.timeout.ms=4000',
    'broker.heartbeat.interval.ms=1000',
    // One node has nobody to hand over to; three that end at once wait 5 minutes for a quorum that is leaving, too.
    'controlled.shutdown.enable=false',
    'leader.imbalance.check.interval.seconds=10',
  ]
}

function withTls(listeners: string, { tls }: KafkaPlaces): string {
  return tls ? `${listeners},TLS://${tls.address}` : listeners
}

function tlsLines({ tls }: KafkaPlaces, scram: string): string[] {
  if (!tls) return []
  // A properties file has one line per property: its ends of line are written out.
  const inline = (pem: string) => pem.trim().replaceAll('\n', '\\n')
  return [
    'listener.name.tls.ssl.keystore.type=PEM',
    `listener.name.tls.ssl.keystore.certificate.chain=${inline(tls.cert)}`,
    `listener.name.tls.ssl.keystore.key=${inline(tls.key)}`,
    `listener.name.tls.scram-sha-512.sasl.jaas.config=${scram}`,
    `listener.name.tls.scram-sha-256.sasl.jaas.config=${scram}`,
  ]
}

function quorumLine(controllers: readonly string[], version: KafkaVersion): string {
  if (version !== '3.9.1') return `controller.quorum.bootstrap.servers=${controllers.join(',')}`
  return `controller.quorum.voters=${controllers.map((address, index) => `${index + 1}@${address}`).join(',')}`
}

function internalTopicLines(topic: string, partitions: number, copies: number): string[] {
  return [`${topic}.num.partitions=${partitions}`, `${topic}.replication.factor=${copies}`]
}

function inSync(copies: number): number {
  return Math.max(1, copies - 1)
}

/** The file that its logging is configured by, the lines in it, and java's option that names it. */
export function kafkaLogging(version: KafkaVersion): { file: string; lines: string[]; option: string } {
  if (version === '3.9.1') {
    return { file: 'log4j.properties', lines: log4j1Lines, option: '-Dlog4j.configuration=file:' }
  }
  return { file: 'log4j2.properties', lines: log4j2Lines, option: '-Dlog4j2.configurationFile=file:' }
}

const log4j2Lines = [
  'rootLogger.level=warn',
  'rootLogger.appenderRef.c.ref=c',
  'appender.c.type=Console',
  'appender.c.name=c',
  'appender.c.layout.type=PatternLayout',
  'appender.c.layout.pattern=%d %p %c{1} %m%n',
  'logger.k.name=kafka.server.KafkaRaftServer',
  'logger.k.level=info',
]

const log4j1Lines = [
  'log4j.rootLogger=WARN, c',
  'log4j.appender.c=org.apache.log4j.ConsoleAppender',
  'log4j.appender.c.layout=org.apache.log4j.PatternLayout',
  'log4j.appender.c.layout.ConversionPattern=%d %p %c{1} %m%n',
  'log4j.logger.kafka.server.KafkaRaftServer=INFO',
]
