import type { RabbitmqBroker } from '@weir/devstack'
import { connect } from 'amqplib'

export type QueueType = 'classic' | 'quorum' | 'stream'

/** A queue and a client of it that isn't ours. It goes with its broker. */
export interface TestQueue {
  readonly name: string
  /** Resolves with the publisher's confirm of the last. */
  publish(count: number): Promise<void>
  /** Resolves with the broker's delivery of the last; they are gone then. */
  take(count: number): Promise<void>
}

export async function makeQueue(broker: RabbitmqBroker, type: QueueType): Promise<TestQueue> {
  const { hostname, port } = new URL(broker.amqp)
  const { username, password } = broker
  const connection = await connect({ hostname, port: Number(port), username, password })
  const channel = await connection.createConfirmChannel()
  // The broker goes before they do.
  for (const emitter of [connection, channel]) emitter.on('error', () => {})
  const name = `bench-${type}`
  await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': type } })
  return {
    name,
    async publish(count) {
      for (let sent = 0; sent < count; sent += 1) channel.sendToQueue(name, Buffer.from(`${sent}`))
      await channel.waitForConfirms()
    },
    async take(count) {
      const taken = await Promise.all(Array.from({ length: count }, () => channel.get(name, { noAck: true })))
      if (taken.includes(false)) throw new Error(`${name} ran out of messages`)
    },
  }
}
