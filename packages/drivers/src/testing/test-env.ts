import { describe, it } from 'vitest'
import type { KafkaTarget, MqttTarget, RabbitmqTarget } from '../driver.ts'

/** True in CI: a broker that isn't there fails the run instead of being skipped. */
export const brokersRequired = process.env.REQUIRE_BROKERS === '1'

/**
 * From TEST_RABBITMQ_MANAGEMENT_URL and, where given, TEST_RABBITMQ_URL and TEST_RABBITMQ_PROMETHEUS_URL; `prefix`
 * stands for another TEST_RABBITMQ.
 */
export function rabbitmqTestTarget(prefix = 'TEST_RABBITMQ'): RabbitmqTarget | null {
  const management = process.env[`${prefix}_MANAGEMENT_URL`]
  if (!management) return null
  return {
    kind: 'rabbitmq',
    management: [withoutCredentials(management)],
    amqp: optional(process.env[`${prefix}_URL`]),
    prometheus: optional(process.env[`${prefix}_PROMETHEUS_URL`]),
    ...credentialsOf(management),
  }
}

/**
 * From TEST_KAFKA_BROKERS (`host:port,…`) and TEST_KAFKA_SASL (JSON: mechanism, username, password); `prefix` stands
 * for another TEST_KAFKA.
 */
export function kafkaTestTarget(prefix = 'TEST_KAFKA'): KafkaTarget | null {
  const brokers = process.env[`${prefix}_BROKERS`]
  if (!brokers) return null
  const sasl = process.env[`${prefix}_SASL`]
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

/** A broker of one age: the system's own, or the other one that is started beside it. */
export interface AgedBroker<T> {
  /** What sets it apart in a suite's name; empty for the system's own. */
  readonly age: '' | ', newer' | ', older'
  /** The variable that names it. */
  readonly variable: string
  readonly target: T | null
  /** `4.3`: what the broker must say it is, by whoever started it; null: that one doesn't know. */
  readonly release: string | null
  /** Why this machine can't have it, whatever is done; null: it can. */
  readonly unavailable: string | null
}

/** TEST_RABBITMQ_… and TEST_RABBITMQ_NEWER_…, each with _RELEASE, or the latter's _UNAVAILABLE in place of all. */
export function rabbitmqAges(): AgedBroker<RabbitmqTarget>[] {
  return [
    aged('', 'TEST_RABBITMQ', 'MANAGEMENT_URL', rabbitmqTestTarget('TEST_RABBITMQ')),
    aged(', newer', 'TEST_RABBITMQ_NEWER', 'MANAGEMENT_URL', rabbitmqTestTarget('TEST_RABBITMQ_NEWER')),
  ]
}

/** TEST_KAFKA_… and TEST_KAFKA_OLDER_…, likewise. */
export function kafkaAges(): AgedBroker<KafkaTarget>[] {
  return [
    aged('', 'TEST_KAFKA', 'BROKERS', kafkaTestTarget('TEST_KAFKA')),
    aged(', older', 'TEST_KAFKA_OLDER', 'BROKERS', kafkaTestTarget('TEST_KAFKA_OLDER')),
  ]
}

/** TEST_MQTT_URL and TEST_MQTT_NEWER_URL, likewise. */
export function mqttAges(): AgedBroker<MqttTarget>[] {
  return [
    aged('', 'TEST_MQTT', 'URL', mqttTestTarget('TEST_MQTT_URL')),
    aged(', newer', 'TEST_MQTT_NEWER', 'URL', mqttTestTarget('TEST_MQTT_NEWER_URL')),
  ]
}

/** TEST_RABBITMQ_MQTT_URL and TEST_RABBITMQ_NEWER_MQTT_URL: the MQTT listeners of `rabbitmqAges`. */
export function mqttOnRabbitmqAges(): AgedBroker<MqttTarget>[] {
  return [
    aged('', 'TEST_RABBITMQ', 'MQTT_URL', mqttTestTarget('TEST_RABBITMQ_MQTT_URL')),
    aged(', newer', 'TEST_RABBITMQ_NEWER', 'MQTT_URL', mqttTestTarget('TEST_RABBITMQ_NEWER_MQTT_URL')),
  ]
}

function aged<T>(
  age: AgedBroker<T>['age'],
  prefix: string,
  variable: string,
  target: T | null,
): AgedBroker<T> {
  return {
    age,
    variable: `${prefix}_${variable}`,
    target,
    release: process.env[`${prefix}_RELEASE`] || null,
    unavailable: process.env[`${prefix}_UNAVAILABLE`] || null,
  }
}

/** `describeOnBroker` for each age of a broker. One that this machine can't have is skipped, loudly, in any case. */
export function describeOnAges<T>(
  name: string,
  ages: readonly AgedBroker<T>[],
  tests: (target: T, broker: AgedBroker<T>) => void,
): void {
  for (const broker of ages) {
    const { age, variable, target, unavailable } = broker
    if (unavailable === null) describeOnBroker(name + age, variable, target, (found) => tests(found, broker))
    else skipLoudly(name + age, unavailable)
  }
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
  if (brokersRequired) return failToRun(name, reason)
  skipLoudly(name, reason)
}

/** A case that fails, and not the file that it is in: the other ages have theirs to run. */
export function failToRun(name: string, reason: string): void {
  describe(name, () => {
    it('has its broker, as REQUIRE_BROKERS=1 demands', () => {
      throw new Error(reason)
    })
  })
}

export function skipLoudly(name: string, reason: string): void {
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
