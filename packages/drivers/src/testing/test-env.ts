import { describe } from 'vitest'
import type { KafkaTarget, MqttTarget, RabbitmqTarget } from '../driver.ts'

/** True in CI: a broker that isn't there fails the run instead of being skipped. */
export const brokersRequired = process.env.REQUIRE_BROKERS === '1'

/** From TEST_RABBITMQ_MANAGEMENT_URL and, where given, TEST_RABBITMQ_URL and TEST_RABBITMQ_PROMETHEUS_URL. */
export function rabbitmqTestTarget(): RabbitmqTarget | null {
  const management = process.env.TEST_RABBITMQ_MANAGEMENT_URL
  if (!management) return null
  return {
    kind: 'rabbitmq',
    management: [withoutCredentials(management)],
    amqp: optional(process.env.TEST_RABBITMQ_URL),
    prometheus: optional(process.env.TEST_RABBITMQ_PROMETHEUS_URL),
    ...credentialsOf(management),
  }
}

/** From TEST_KAFKA_BROKERS (`host:port,…`) and TEST_KAFKA_SASL (JSON: mechanism, username, password). */
export function kafkaTestTarget(): KafkaTarget | null {
  const brokers = process.env.TEST_KAFKA_BROKERS
  if (!brokers) return null
  const sasl = process.env.TEST_KAFKA_SASL
  return {
    kind: 'kafka',
    bootstrap: brokers.split(','),
    sasl: sasl ? (JSON.parse(sasl) as KafkaTarget['sasl']) : null,
    tls: null,
  }
}

/** From TEST_MQTT_URL; `variable` names another one (TEST_RABBITMQ_MQTT_URL: RabbitMQ's MQTT listener). */
export function mqttTestTarget(variable = 'TEST_MQTT_URL'): MqttTarget | null {
  const url = process.env[variable]
  if (!url) return null
  return { kind: 'mqtt', urls: [withoutCredentials(url)], ...credentialsOf(url) }
}

/**
 * A `describe` for tests that need a broker. Without one it is skipped by name, loudly, or fails where brokers are
 * required.
 */
export function describeOnBroker<T>(
  name: string,
  variable: string,
  target: T | null,
  tests: (target: T) => void,
) {
  if (target !== null) return describe(name, () => tests(target))
  const reason = `${variable} is not set`
  if (brokersRequired) throw new Error(`${name}: ${reason}, and REQUIRE_BROKERS=1`)
  console.warn(`SKIPPED: ${name}: ${reason}`)
  describe.skip(`${name} (skipped: ${reason})`, () => {})
}

function optional(url: string | undefined): string[] {
  return url ? [withoutCredentials(url)] : []
}

function credentialsOf(url: string): { username: string; password: string } {
  const { username, password } = new URL(url)
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
}

function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//').replace(/\/$/, '')
}
