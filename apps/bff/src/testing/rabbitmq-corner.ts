import { randomUUID } from 'node:crypto'
import type { RabbitmqTarget } from '@weir/drivers'
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'

/** A test's own vhosts on a real RabbitMQ, by plain fetch and amqplib. */
export class RabbitmqCorner {
  readonly #target: RabbitmqTarget
  readonly #vhosts: string[] = []
  readonly #connections: ChannelModel[] = []

  constructor(target: RabbitmqTarget) {
    this.#target = target
  }

  async vhost(name = `weir-test-${randomUUID().slice(0, 8)}`): Promise<string> {
    await this.#api('PUT', `/vhosts/${name}`, {})
    this.#vhosts.push(name)
    const rights = { configure: '.*', write: '.*', read: '.*' }
    await this.#api('PUT', `/permissions/${name}/${this.#target.username}`, rights)
    return name
  }

  /** Makes a queue with so many messages, confirmed by the broker. */
  async queue(vhost: string, name: string, messages: number, type = 'classic'): Promise<void> {
    const channel = await this.channel(vhost)
    await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': type } })
    for (let index = 0; index < messages; index += 1) channel.sendToQueue(name, Buffer.from(`${index}`))
    await channel.waitForConfirms()
  }

  /** How many messages the broker itself says are ready. */
  async ready(vhost: string, name: string): Promise<number> {
    return (await (await this.channel(vhost)).checkQueue(name)).messageCount
  }

  async channel(vhost: string): Promise<ConfirmChannel> {
    const { hostname, port } = new URL(this.#target.amqp[0] ?? '')
    const { username, password } = this.#target
    const connection = await connect({ hostname, port: Number(port), username, password, vhost })
    connection.on('error', () => {}) // its vhost goes before it does: `dispose`
    this.#connections.push(connection)
    return connection.createConfirmChannel()
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close().catch(() => {})))
    for (const vhost of this.#vhosts) await this.#api('DELETE', `/vhosts/${vhost}`)
  }

  async #api(method: string, path: string, body?: object): Promise<void> {
    const { management, username, password } = this.#target
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
    const answer = await fetch(`${management[0]}/api${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`)
  }
}
