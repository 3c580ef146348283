import { randomUUID } from 'node:crypto'
import type { MqttTarget } from '@weir/drivers'
import { connectAsync, type MqttClient } from 'mqtt'

/** A test's own users and clients on a real Mosquitto with dynamic security. */
export class MosquittoCorner {
  readonly #url: string
  readonly #admin: MqttClient
  readonly #users = new Map<string, { readonly password: string; readonly rolename: string }>()
  readonly #clients: MqttClient[] = []

  private constructor(url: string, admin: MqttClient) {
    this.#url = url
    this.#admin = admin
  }

  static async open(target: MqttTarget): Promise<MosquittoCorner> {
    const url = target.urls[0] ?? ''
    const { username, password } = target
    const admin = await connectAsync(url, {
      ...{ protocolVersion: 5, reconnectPeriod: 0 },
      ...(username !== null && { username }),
      ...(password !== null && { password }),
    })
    await admin.subscribeAsync('$CONTROL/dynamic-security/v1/response', { qos: 1 })
    return new MosquittoCorner(url, admin)
  }

  /** A user that may do anything on the topics below `topics`. */
  async user(username: string, topics: string): Promise<void> {
    const password = randomUUID()
    const rolename = `role-${username}`
    this.#users.set(username, { password, rolename })
    const acltypes = ['publishClientSend', 'publishClientReceive', 'subscribePattern', 'unsubscribePattern']
    const acls = acltypes.map((acltype) => ({ acltype, topic: `${topics}#`, priority: 0, allow: true }))
    await this.#run({ command: 'createRole', rolename, acls })
    await this.#run({ command: 'createClient', username, password, roles: [{ rolename }] })
  }

  /** Throws where the broker refuses it. */
  async connect(username: string, clientId: string): Promise<MqttClient> {
    const password = this.#users.get(username)?.password ?? ''
    const client = await connectAsync(this.#url, {
      ...{ username, password, clientId },
      ...{ protocolVersion: 5, reconnectPeriod: 0 },
    })
    client.on('error', () => {}) // cut by the broker: what a test is about
    this.#clients.push(client)
    return client
  }

  async dispose(): Promise<void> {
    for (const client of this.#clients) client.end(true)
    for (const [username, { rolename }] of this.#users) {
      // In this order: Mosquitto 2.0 crashes where a role is deleted that somebody holds.
      await this.#run({ command: 'removeClientRole', username, rolename })
      await this.#run({ command: 'deleteClient', username })
      await this.#run({ command: 'deleteRole', rolename })
    }
    await this.#admin.endAsync()
  }

  /** Throws what the plugin answered, where it refused. */
  async #run(command: Readonly<Record<string, unknown>>): Promise<void> {
    const correlationData = randomUUID()
    const answered = new Promise<void>((resolve, reject) => {
      const take = (_topic: string, payload: Buffer) => {
        // The plugin's own answers: a list of these.
        const { responses } = JSON.parse(payload.toString()) as {
          responses: { correlationData?: string; error?: string }[]
        }
        const own = responses.find((answer) => answer.correlationData === correlationData)
        if (!own) return
        this.#admin.off('message', take)
        if (own.error === undefined) resolve()
        else reject(new Error(`${command.command}: ${own.error}`))
      }
      this.#admin.on('message', take)
    })
    const text = JSON.stringify({ commands: [{ ...command, correlationData }] })
    await this.#admin.publishAsync('$CONTROL/dynamic-security/v1', text, { qos: 1 })
    await answered
  }
}
