import type { BrokerControl } from './broker-control.ts'
import type { Brokers } from './brokers.ts'
import type { KafkaBroker, KafkaSasl } from './kafka.ts'
import type { MosquittoBroker } from './mosquitto.ts'
import type { RabbitmqBroker } from './rabbitmq.ts'

/** Brokers that somebody else runs and names in our environment. What isn't named is null. */
export type ExternalBrokers = { [Kind in keyof Brokers]: Extract<Brokers[Kind], BrokerControl> | null }

/**
 * Brokers named by the environment, each with its administrator's credentials:
 * `WEIR_RABBITMQ_URL` (amqp://user:password@host:port) with `WEIR_RABBITMQ_MANAGEMENT_URL` and, if it isn't port 15692
 * of the same host, `WEIR_RABBITMQ_PROMETHEUS_URL`; `WEIR_KAFKA_BROKERS` (host:port,…) with `WEIR_KAFKA_SASL`
 * (`{"mechanism":"scram-sha-512","username":…,"password":…}`); `WEIR_MQTT_URL` (a dynamic-security administrator's).
 * Throws when one is named by half.
 */
export function externalBrokers(env: NodeJS.ProcessEnv): ExternalBrokers {
  return { rabbitmq: externalRabbitmq(env), kafka: externalKafka(env), mqtt: externalMqtt(env) }
}

function externalRabbitmq(env: NodeJS.ProcessEnv): RabbitmqBroker | null {
  if (!env.WEIR_RABBITMQ_URL) return null
  const amqp = new URL(env.WEIR_RABBITMQ_URL)
  const management = new URL(required(env, 'WEIR_RABBITMQ_MANAGEMENT_URL'))
  const prometheus = env.WEIR_RABBITMQ_PROMETHEUS_URL ?? `http://${amqp.hostname}:15692`
  return Object.assign(notOurs('RabbitMQ'), {
    kind: 'rabbitmq' as const,
    release: null,
    amqp: `${amqp.protocol}//${amqp.host}`,
    management: `${management.protocol}//${management.host}`,
    prometheus: prometheus.replace(/\/$/, ''),
    mqtt: `mqtt://${amqp.hostname}:1883`,
    ...credentialsOf(amqp),
  })
}

function externalKafka(env: NodeJS.ProcessEnv): KafkaBroker | null {
  if (!env.WEIR_KAFKA_BROKERS) return null
  const sasl = JSON.parse(required(env, 'WEIR_KAFKA_SASL')) as KafkaSasl
  const bootstrap = env.WEIR_KAFKA_BROKERS.split(',').map((address) => address.trim())
  return Object.assign(notOurs('Kafka'), { kind: 'kafka' as const, release: null, bootstrap, sasl })
}

function externalMqtt(env: NodeJS.ProcessEnv): MosquittoBroker | null {
  if (!env.WEIR_MQTT_URL) return null
  const url = new URL(env.WEIR_MQTT_URL)
  const address = { url: `${url.protocol}//${url.host}`, ...credentialsOf(url) }
  return Object.assign(notOurs('MQTT broker'), { kind: 'mqtt' as const, release: null, ...address })
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is missing: the broker is named by half`)
  return value
}

function credentialsOf(url: URL): { username: string; password: string } {
  return { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
}

/** A broker that we use and leave alone: stopping it does nothing, harming it isn't possible. */
function notOurs(name: string): BrokerControl {
  const refuse = (): never => {
    throw new Error(`${name} was named by the environment and isn't ours to start, pause or kill`)
  }
  return {
    pid: 0,
    running: true,
    stop: async () => {},
    start: refuse,
    kill: refuse,
    pause: refuse,
    resume: refuse,
    onUnexpectedEnd: () => () => {},
  }
}
