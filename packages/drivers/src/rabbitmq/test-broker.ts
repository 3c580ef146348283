import { randomUUID } from 'node:crypto'
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'
import type { RabbitmqTarget } from '../driver.ts'

export interface QueueOptions {
  readonly type?: 'classic' | 'quorum' | 'stream'
}

/**
 * A test's own corner of a real RabbitMQ, by plain fetch and amqplib and none of the driver's code: vhosts and users
 * that nobody else has, and known traffic.
 */
export class TestBroker {
  readonly target: RabbitmqTarget
  readonly #vhosts: string[] = []
  readonly #users: string[] = []
  readonly #connections: ChannelModel[] = []

  constructor(target: RabbitmqTarget) {
    this.target = target
  }

  /** Makes a vhost; `suffix` may hold what is hard to encode. */
  async vhost(suffix = ''): Promise<string> {
    const name = `weir-test-${randomUUID().slice(0, 8)}${suffix}`
    await this.api('PUT', `/vhosts/${encodeURIComponent(name)}`, {})
    const { username } = this.target
    const permissions = { configure: '.*', write: '.*', read: '.*' }
    await this.api('PUT', `/permissions/${encodeURIComponent(name)}/${username}`, permissions)
    this.#vhosts.push(name)
    return name
  }

  /** Makes a user with these tags and, in `vhost`, no right to anything. */
  async user(tags: string, vhost: string): Promise<{ username: string; password: string }> {
    const username = `weir-test-${randomUUID().slice(0, 8)}`
    const password = randomUUID()
    await this.api('PUT', `/users/${username}`, { password, tags })
    this.#users.push(username)
    const permissions = { configure: '^$', write: '^$', read: '^$' }
    await this.api('PUT', `/permissions/${encodeURIComponent(vhost)}/${username}`, permissions)
    return { username, password }
  }

  async declare(vhost: string, name: string, { type = 'classic' }: QueueOptions = {}): Promise<void> {
    await this.api('PUT', queuePath(vhost, name), { durable: true, arguments: { 'x-queue-type': type } })
  }

  async deleteQueue(vhost: string, name: string): Promise<void> {
    await this.api('DELETE', queuePath(vhost, name))
  }

  /** A channel of a new connection, closed by `dispose`. */
  async channel(vhost: string): Promise<ConfirmChannel> {
    const { hostname, port } = new URL(this.target.amqp[0] ?? '')
    const { username, password } = this.target
    const connection = await connect({
      hostname,
      port: Number(port),
      username,
      password,
      vhost: encodeURIComponent(vhost),
    })
    connection.on('error', () => {}) // the vhost goes before the connection: `dispose`
    this.#connections.push(connection)
    return connection.createConfirmChannel()
  }

  /** Publishes `count` messages and waits for the broker's confirms. */
  async publish(vhost: string, name: string, count: number, properties: object = {}): Promise<void> {
    const channel = await this.channel(vhost)
    for (let index = 0; index < count; index += 1)
      channel.sendToQueue(name, Buffer.from(`${index}`), properties)
    await channel.waitForConfirms()
  }

  /** Takes `count` messages and acknowledges none; they stay so until `dispose`. */
  async takeUnacknowledged(vhost: string, name: string, count: number): Promise<ConfirmChannel> {
    const channel = await this.channel(vhost)
    await channel.prefetch(count)
    await new Promise<void>((resolve, reject) => {
      let taken = 0
      const take = () => {
        taken += 1
        if (taken === count) resolve()
      }
      channel.consume(name, take).catch(reject)
    })
    return channel
  }

  /** Throws unless the answer is 2xx. */
  async api(method: string, path: string, body?: object): Promise<Response> {
    const { management, username, password } = this.target
    const response = await fetch(`${management[0]}/api${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return response
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close().catch(() => {})))
    for (const user of this.#users) await this.api('DELETE', `/users/${user}`)
    for (const vhost of this.#vhosts) await this.api('DELETE', `/vhosts/${encodeURIComponent(vhost)}`)
  }
}

function queuePath(vhost: string, name: string): string {
  return `/queues/${encodeURIComponent(vhost)}/${encodeURIComponent(name)}`
}
