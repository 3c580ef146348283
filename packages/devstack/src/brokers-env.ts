import { join } from 'node:path'
import { type Brokers, isUnavailable } from './brokers.ts'
import { writePrivateFile } from './secrets.ts'

/** The environment that the tests on real brokers read. A broker that isn't up has no variables. */
export function testEnvironment(brokers: Partial<Brokers>): Record<string, string> {
  const { rabbitmq, kafka, mqtt } = brokers
  const env: Record<string, string> = {}
  if (rabbitmq !== undefined && !isUnavailable(rabbitmq)) {
    env.TEST_RABBITMQ_URL = withCredentials(rabbitmq.amqp, rabbitmq)
    env.TEST_RABBITMQ_MANAGEMENT_URL = withCredentials(rabbitmq.management, rabbitmq)
    env.TEST_RABBITMQ_PROMETHEUS_URL = rabbitmq.prometheus
    env.TEST_RABBITMQ_MQTT_URL = withCredentials(rabbitmq.mqtt, rabbitmq)
  }
  if (kafka !== undefined && !isUnavailable(kafka)) {
    env.TEST_KAFKA_BROKERS = kafka.bootstrap.join(',')
    env.TEST_KAFKA_SASL = JSON.stringify(kafka.sasl)
  }
  if (mqtt !== undefined && !isUnavailable(mqtt)) env.TEST_MQTT_URL = withCredentials(mqtt.url, mqtt)
  return env
}

/** `<dir>/brokers.env`, KEY=value lines, mode 0600. */
export function writeBrokersEnv(dir: string, brokers: Partial<Brokers>): string {
  const file = join(dir, 'brokers.env')
  const lines = Object.entries(testEnvironment(brokers)).map(([key, value]) => `${key}=${value}\n`)
  writePrivateFile(file, lines.join(''))
  return file
}

/** `scheme://host:port` with the credentials in their place. */
export function withCredentials(url: string, who: { username: string; password: string }): string {
  const credentials = `${encodeURIComponent(who.username)}:${encodeURIComponent(who.password)}`
  return url.replace('://', `://${credentials}@`)
}
