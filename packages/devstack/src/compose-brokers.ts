// NOT RUN BY US: no Docker engine was at hand where this was written. See compose.yaml.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startByCompose } from './compose.ts'
import { initialDynamicSecurity } from './dynamic-security.ts'
import { rememberedPorts } from './free-ports.ts'
import type { KafkaBroker } from './kafka.ts'
import { kafkaVersion } from './kafka-jars.ts'
import { answers, randomKafkaId } from './kafka-node.ts'
import { kafkaServerLines } from './kafka-properties.ts'
import { accepts, type MosquittoBroker, mosquittoLines } from './mosquitto.ts'
import { type RabbitmqBroker, rabbitmqPlugins } from './rabbitmq.ts'
import { createRabbitmqApi } from './rabbitmq-api.ts'
import { secretOf } from './secrets.ts'

/** RabbitMQ by Compose; the same administrator, plugins and addresses as the machine's own. */
export async function composeRabbitmq(dir: string): Promise<RabbitmqBroker> {
  const home = folder(dir, 'rabbitmq')
  const ports = await rememberedPorts(join(home, 'ports.json'), ['amqp', 'management', 'prometheus', 'mqtt'])
  const address = {
    amqp: `amqp://127.0.0.1:${ports.amqp}`,
    management: `http://127.0.0.1:${ports.management}`,
    prometheus: `http://127.0.0.1:${ports.prometheus}`,
    mqtt: `mqtt://127.0.0.1:${ports.mqtt}`,
    username: 'weir',
    password: secretOf(dir, 'rabbitmq.weir'),
  }
  writeFileSync(join(home, 'enabled_plugins'), `[${rabbitmqPlugins.join(',')}].\n`)
  writeFileSync(join(home, 'rabbitmq.conf'), rabbitmqLines(address).join('\n'))
  const api = createRabbitmqApi(address)
  const env = {
    WEIR_AMQP_PORT: String(ports.amqp),
    WEIR_MANAGEMENT_PORT: String(ports.management),
    WEIR_PROMETHEUS_PORT: String(ports.prometheus),
    WEIR_RABBITMQ_MQTT_PORT: String(ports.mqtt),
  }
  const isReady = async () => (await api.status('/api/health/checks/port-listener/5672')) === 200
  const control = await startByCompose('rabbitmq', dir, env, { name: 'RabbitMQ', isReady })
  return Object.assign(control, { kind: 'rabbitmq' as const, release: null, ...address })
}

/** Kafka by Compose. Its client port is the same inside and outside, since it is what the broker advertises. */
export async function composeKafka(dir: string): Promise<KafkaBroker> {
  const home = folder(dir, 'kafka')
  const { client } = await rememberedPorts(join(home, 'ports.json'), ['client'])
  const sasl = {
    mechanism: 'scram-sha-512',
    username: 'admin',
    password: secretOf(dir, 'kafka.admin'),
  } as const
  const listeners = (host: string) => [`CLIENT://${host}:${client}`, ...inside].join(',')
  const places = {
    nodeId: 1,
    listeners: listeners('0.0.0.0'),
    advertised: listeners('127.0.0.1'),
    controllers: ['127.0.0.1:19093'],
    dataDir: '/var/lib/kafka/data',
  }
  const lines = kafkaServerLines(places, kafkaVersion)
  writeFileSync(join(home, 'server.properties'), `${lines.join('\n')}\n`)
  const env = {
    WEIR_KAFKA_PORT: String(client),
    WEIR_KAFKA_CLUSTER_ID: clusterId(home),
    WEIR_KAFKA_SCRAM: `SCRAM-SHA-512=[name=${sasl.username},password=${sasl.password}]`,
  }
  const address = { bootstrap: [`127.0.0.1:${client}`], sasl }
  const control = await startByCompose('kafka', dir, env, { name: 'Kafka', isReady: () => answers(address) })
  return Object.assign(control, { kind: 'kafka' as const, release: null, ...address })
}

const inside = ['INTERNAL://127.0.0.1:19092', 'CONTROLLER://127.0.0.1:19093']

/** Mosquitto by Compose. Its dynamic security lives in the data folder, as the machine's own does. */
export async function composeMosquitto(dir: string): Promise<MosquittoBroker> {
  const home = join(dir, 'mosquitto')
  mkdirSync(home, { recursive: true })
  const { mqtt: port } = await rememberedPorts(join(home, 'ports.json'), ['mqtt'])
  const password = secretOf(dir, 'mosquitto.admin')
  const security = join(home, 'dynamic-security.json')
  if (!existsSync(security)) writeFileSync(security, initialDynamicSecurity('admin', password))
  const lines = mosquittoLines({
    listener: '1883',
    home: '/etc/weir',
    plugin: '/usr/lib/mosquitto_dynamic_security.so',
    security: '/etc/weir/dynamic-security.json',
  })
  writeFileSync(join(home, 'mosquitto.conf'), lines.join('\n'))
  const env = { WEIR_MQTT_PORT: String(port) }
  const parts = { name: 'Mosquitto', isReady: () => accepts(port) }
  const control = await startByCompose('mosquitto', dir, env, parts)
  return Object.assign(control, {
    kind: 'mqtt' as const,
    release: null,
    url: `mqtt://127.0.0.1:${port}`,
    username: 'admin',
    password,
  })
}

function rabbitmqLines({ username, password }: { username: string; password: string }): string[] {
  return [
    'listeners.tcp.default = 5672',
    'management.tcp.port = 15672',
    'prometheus.tcp.port = 15692',
    'mqtt.listeners.tcp.default = 1883',
    'mqtt.allow_anonymous = false',
    `default_user = ${username}`,
    `default_pass = ${password}`,
    'default_user_tags.administrator = true',
    '',
  ]
}

/** One per data folder. */
function clusterId(home: string): string {
  const file = join(home, 'cluster-id')
  if (!existsSync(file)) writeFileSync(file, randomKafkaId())
  return readFileSync(file, 'utf8')
}

function folder(dir: string, service: string): string {
  const home = join(dir, service, 'compose')
  mkdirSync(home, { recursive: true })
  return home
}
