import type { Browser } from '@playwright/test'
import { createRabbitmqApi, kafkaVersion, type MosquittoBroker, type RabbitmqBroker } from '@weir/devstack'
import { connectAsync } from 'mqtt'

/** What the broker says of itself. */
export async function rabbitmqVersion(broker: RabbitmqBroker): Promise<string> {
  const told = (await createRabbitmqApi(broker).get('/api/overview')) as { readonly rabbitmq_version: string }
  return told.rabbitmq_version
}

export async function mosquittoVersion({ url, username, password }: MosquittoBroker): Promise<string> {
  const client = await connectAsync(url, { username, password, reconnectPeriod: 0 })
  const told = new Promise<string>((resolve) =>
    client.on('message', (_topic, payload) => resolve(payload.toString())),
  )
  await client.subscribeAsync('$SYS/broker/version')
  const version = await told
  await client.endAsync()
  return version.replace('mosquitto version ', '')
}

/** Of the rest: what was started is what it is. */
export function otherVersions(browser: Browser | null): Record<string, string> {
  return { Kafka: kafkaVersion, ...(browser && { Chromium: browser.version() }) }
}
