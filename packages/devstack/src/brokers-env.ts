import { join } from 'node:path'
import { type Brokers, isUnavailable, type Unavailable } from './brokers.ts'
import type { KafkaBroker } from './kafka.ts'
import type { MosquittoBroker } from './mosquitto.ts'
import type { OtherAges } from './other-ages.ts'
import type { RabbitmqBroker } from './rabbitmq.ts'
import { writePrivateFile } from './secrets.ts'

/** The environment that the tests on real brokers read. A broker that isn't up has no variables. */
export function testEnvironment(brokers: Partial<Brokers>): Record<string, string> {
  const { rabbitmq, kafka, mqtt } = brokers
  return {
    ...variables(rabbitmq, (up) => rabbitmqVariables('TEST_RABBITMQ', up)),
    ...variables(kafka, (up) => kafkaVariables('TEST_KAFKA', up)),
    ...variables(mqtt, (up) => mqttVariables('TEST_MQTT', up)),
  }
}

/** The same for the brokers of another age. One that can't be had by nature says why instead. */
export function otherAgesEnvironment({ brokers, mosquittoProgram }: OtherAges): Record<string, string> {
  const { rabbitmq, kafka, mqtt } = brokers
  return {
    ...(mosquittoProgram !== null && { TEST_MOSQUITTO_NEWER: mosquittoProgram }),
    ...variables(rabbitmq, (up) => rabbitmqVariables('TEST_RABBITMQ_NEWER', up), 'TEST_RABBITMQ_NEWER'),
    ...variables(kafka, (up) => kafkaVariables('TEST_KAFKA_OLDER', up), 'TEST_KAFKA_OLDER'),
    ...variables(mqtt, (up) => mqttVariables('TEST_MQTT_NEWER', up), 'TEST_MQTT_NEWER'),
  }
}

type Variables = Record<string, string>

function variables<Broker extends object>(
  broker: Broker | Unavailable | undefined,
  of: (broker: Broker) => Variables,
  prefix = '',
): Variables {
  if (broker === undefined) return {}
  if (!isUnavailable(broker)) return of(broker as Broker)
  return broker.byNature === true ? { [`${prefix}_UNAVAILABLE`]: broker.error } : {}
}

function rabbitmqVariables(prefix: string, broker: RabbitmqBroker): Variables {
  return {
    [`${prefix}_URL`]: withCredentials(broker.amqp, broker),
    [`${prefix}_MANAGEMENT_URL`]: withCredentials(broker.management, broker),
    [`${prefix}_PROMETHEUS_URL`]: broker.prometheus,
    [`${prefix}_MQTT_URL`]: withCredentials(broker.mqtt, broker),
    ...releaseVariable(prefix, broker),
  }
}

function kafkaVariables(prefix: string, broker: KafkaBroker): Variables {
  return {
    [`${prefix}_BROKERS`]: broker.bootstrap.join(','),
    [`${prefix}_SASL`]: JSON.stringify(broker.sasl),
    ...releaseVariable(prefix, broker),
  }
}

function mqttVariables(prefix: string, broker: MosquittoBroker): Variables {
  return { [`${prefix}_URL`]: withCredentials(broker.url, broker), ...releaseVariable(prefix, broker) }
}

/** What the tests hold what the broker says of itself against. */
function releaseVariable(prefix: string, { release }: { release: string | null }): Variables {
  return release === null ? {} : { [`${prefix}_RELEASE`]: release }
}

/** `<dir>/brokers.env`, mode 0600. Values are quoted, for a shell and for `node --env-file` alike: one of them is JSON. */
export function writeBrokersEnv(dir: string, brokers: Partial<Brokers>): string {
  const file = join(dir, 'brokers.env')
  const lines = Object.entries(testEnvironment(brokers)).map(([key, value]) => `${key}='${value}'\n`)
  writePrivateFile(file, lines.join(''))
  return file
}

/** `scheme://host:port` with the credentials in their place. */
export function withCredentials(url: string, who: { username: string; password: string }): string {
  const credentials = `${encodeURIComponent(who.username)}:${encodeURIComponent(who.password)}`
  return url.replace('://', `://${credentials}@`)
}
