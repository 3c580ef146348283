import { randomBytes } from 'node:crypto'
import type { AddressOf, MqttTarget } from '../driver.ts'
import { BrokerUnreachableError } from '../errors.ts'
import { BrokerConnector } from './connect-broker.ts'
import { MonitorSession, selfReading } from './monitor-session.ts'
import type { Observations } from './observations.ts'

/**
 * The one long-lived connection of a driver, shared by all its watches. The first who asks opens it; it stays until
 * `close()`. It doesn't reconnect by itself: the next who asks after it broke opens it anew, so that whoever watches
 * learns of each failure.
 */
export class MonitorConnection {
  /** One id for all connections of this driver: where the broker still holds a broken one, the next takes it over. */
  readonly #clientId = `weir-${randomBytes(8).toString('hex')}`
  readonly #username: string | null
  /** For connections beside the long-lived one, short ones. */
  readonly connector: BrokerConnector
  readonly #observations: Observations
  readonly #closed = new AbortController()
  #session: Promise<MonitorSession> | null = null

  constructor(target: MqttTarget, addressOf: AddressOf, observations: Observations) {
    this.#username = target.username
    this.connector = new BrokerConnector(target, addressOf)
    this.#observations = observations
  }

  /** Aborts when the driver is closed. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  /** The live connection. Throws: any BrokerError of a failed attempt, the same to all who waited for it. */
  async session(): Promise<MonitorSession> {
    if (this.closed.aborted) throw new BrokerUnreachableError('the driver is closed')
    const current = this.#session
    if (current !== null) {
      const session = await current
      if (!session.ended.aborted) return session
    }
    // Whoever comes first after a break opens; the others find it here.
    if (this.#session === current) this.#session = this.#open()
    return this.session()
  }

  async close(): Promise<void> {
    this.#closed.abort()
    const session = await this.#session?.catch(() => null)
    await session?.close()
  }

  #open(): Promise<MonitorSession> {
    const opening = this.#connect()
    // A failed attempt is told once, to those who wait for it; the next who asks tries again.
    opening.catch(() => {
      if (this.#session === opening) this.#session = null
    })
    return opening
  }

  async #connect(): Promise<MonitorSession> {
    const connected = await this.connector.connect(this.#clientId, this.closed)
    const session = new MonitorSession(connected, this.#observations)
    const self = selfReading(this.#clientId, this.#username, connected.protocolVersion, Date.now())
    try {
      await session.start(self, () => this.#probe())
    } catch (error) {
      await session.close()
      throw error
    }
    return session
  }

  async #probe(): Promise<void> {
    try {
      const { client } = await this.connector.connect(`weir-${randomBytes(8).toString('hex')}`, this.closed)
      client.end()
    } catch {
      // Then there will be no line of it, and the log counts as not published, until one comes.
    }
  }
}
