import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'
import { uniqueName } from './unique-name.ts'

/** A queue of the test's own, and a client of it that isn't ours. */
export interface TestQueue {
  readonly name: string
  readonly channel: ConfirmChannel
  /** Resolves with the publisher's confirm. */
  publish(count: number): Promise<void>
  purge(): Promise<void>
  /** Deletes the queue and ends the connection. */
  dispose(): Promise<void>
}

export async function makeQueue(amqpUrl: string, type: 'classic' | 'quorum' = 'classic'): Promise<TestQueue> {
  const connection: ChannelModel = await connect(amqpUrl)
  const channel = await connection.createConfirmChannel()
  // A test may kill the broker; what it then asks of this client fails by itself.
  for (const emitter of [connection, channel]) emitter.on('error', () => {})
  const name = uniqueName('e2e')
  await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': type } })
  return {
    name,
    channel,
    async publish(count) {
      for (let sent = 0; sent < count; sent += 1) channel.sendToQueue(name, Buffer.from(`${sent}`))
      await channel.waitForConfirms()
    },
    async purge() {
      await channel.purgeQueue(name)
    },
    async dispose() {
      await channel.deleteQueue(name)
      await connection.close()
    },
  }
}
