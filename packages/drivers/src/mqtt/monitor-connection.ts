import { randomBytes } from 'node:crypto'
import type { AddressOf, MqttTarget } from '../driver.ts'
import { BrokerError, BrokerUnreachableError } from '../errors.ts'
import { BrokerConnector } from './connect-broker.ts'
import { MonitorSession, selfReading } from './monitor-session.ts'
import type { Observations } from './observations.ts'

/** A broker that comes back is found so soon: clients that reconnect before us are not seen coming. */
const RETRY_MS = 500

/**
 * The one long-lived connection of a driver, shared by all its watches. The first who asks opens it; it stays until
 * `close()`. When it breaks, every watch is told, and asking again opens it anew. Meanwhile it is tried again and again
 * by itself, whatever pace the askers have.
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
  #listened = false
  #retrying: NodeJS.Timeout | null = null

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
    clearTimeout(this.#retrying ?? undefined)
    const session = await this.#session?.catch(() => null)
    await session?.close()
  }

  #open(): Promise<MonitorSession> {
    const opening = this.#connect()
    opening.then(
      ({ ended }) => {
        if (ended.aborted) this.#retry()
        else ended.addEventListener('abort', () => this.#retry())
      },
      (error: unknown) => {
        // A failed attempt is told once, to those who wait for it; the next who asks tries again.
        if (this.#session === opening) this.#session = null
        if (this.#listened && error instanceof BrokerError && error.retryable) this.#retry()
      },
    )
    return opening
  }

  /** Only once there is a list to keep: a broker that never answered is asked when somebody wants it. */
  #retry(): void {
    this.#listened = true
    if (this.closed.aborted) return
    // The pause differs each time, so that many clusters that share a fate don't knock as one.
    const pauseMs = RETRY_MS * (0.75 + Math.random() / 2)
    this.#retrying ??= setTimeout(() => {
      this.#retrying = null
      // Its failure is told by the next who asks; this one nobody waits for.
      this.session().catch(() => {})
    }, pauseMs)
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
