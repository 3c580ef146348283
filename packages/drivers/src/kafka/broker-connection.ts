import { isIP } from 'node:net'
import { apiVersionsV3, Connection, type ConnectionOptions } from '@platformatic/kafka'
import type { AddressOf, KafkaTarget } from '../driver.ts'
import { type BrokerError, BrokerUnreachableError } from '../errors.ts'
import { type Api, type ApiVersions, newestOf } from './api-versions.ts'
import { brokerErrorOf } from './errors.ts'
import { saslOptions } from './sasl.ts'
import { soft } from './soft.ts'

const CONNECT_TIMEOUT_MS = 2_000
/** Of a poll: the next tick is the retry. */
export const POLL_TIMEOUT_MS = 2_000
/** After a failure a broker must have answered for so long before its word on other than its own log counts. */
const PROBATION_MS = 1_500

export interface Endpoint {
  readonly host: string
  readonly port: number
}

/**
 * One broker's address and, while it is in use, one connection to it. A connection that closed is replaced by the
 * next call, never reused; nothing is retried here.
 */
export class BrokerConnection {
  readonly endpoint: Endpoint
  /** How long the broker takes for next to nothing: the way there and back, ms. */
  roundTripMs = 0
  readonly #target: KafkaTarget
  readonly #addressOf: AddressOf
  readonly #requestTimeoutMs: number
  #opening: Promise<Connection> | null = null
  #unopened: Connection | null = null
  #connection: Connection | null = null
  #spoken: ApiVersions | null = null
  #failure: BrokerError | null = null
  #answeringSince: number | null = null
  #closed = false

  constructor(
    target: KafkaTarget,
    addressOf: AddressOf,
    endpoint: Endpoint,
    requestTimeoutMs = POLL_TIMEOUT_MS,
  ) {
    this.#target = target
    this.#addressOf = addressOf
    this.#requestTimeoutMs = requestTimeoutMs
    this.endpoint = endpoint
  }

  get name(): string {
    return `${this.endpoint.host}:${this.endpoint.port}`
  }

  /** Why the last call failed; null where it didn't, or there was none. */
  get failure(): BrokerError | null {
    return this.#failure
  }

  /** True once a call has been answered and none has failed since. */
  get answering(): boolean {
    return this.#answeringSince !== null
  }

  /**
   * Whether to believe it about groups, coordinators and other brokers' partitions. A broker that was frozen and goes
   * on answers from before the freeze, with code 0, until it has heard of what happened meanwhile (a second at most).
   */
  get trusted(): boolean {
    return this.#answeringSince !== null && performance.now() >= this.#answeringSince
  }

  /** What it speaks. Opens the connection where there is none. Throws: BrokerError. */
  async apiVersions(): Promise<ApiVersions> {
    await this.#open()
    // `#open` has either set it or thrown.
    return this.#spoken ?? { errorCode: 0, apiKeys: [], throttleTimeMs: 0 }
  }

  /**
   * Calls the newest of `versions` that the broker speaks. Error codes of rows are left in the answer; the caller
   * looks. Throws: BrokerError, when there is no answer.
   */
  async call<A extends unknown[], R>(what: string, versions: readonly Api<A, R>[], ...args: A): Promise<R> {
    const connection = await this.#open()
    const where = `${what} on ${this.name}`
    const api = newestOf(versions, await this.apiVersions(), where)
    try {
      const answer = await soft(api.async(connection, ...args))
      this.#answered()
      return answer
    } catch (error) {
      throw this.#failed(brokerErrorOf(error, where))
    }
  }

  /** Ends the connection, amid whatever it is doing; calls in flight fail. */
  close(): void {
    this.#closed = true
    this.#connection?.socket?.destroy()
    this.#unopened?.socket?.destroy()
    this.#forget(this.#connection)
  }

  async #open(): Promise<Connection> {
    if (this.#connection) return this.#connection
    if (this.#closed) throw new BrokerUnreachableError(`${this.name}: this driver is closed`)
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = null
      this.#unopened = null
    })
    return this.#opening
  }

  async #connect(): Promise<Connection> {
    const where = `connecting to ${this.name}`
    let connection: Connection | null = null
    try {
      const address = await this.#addressOf(this.endpoint.host)
      connection = new Connection('weir', this.#options())
      this.#unopened = connection
      // Without a listener an error on the socket, or a time-out amid the sign-in, ends the process. Whoever waits for
      // an answer learns of it by its call.
      connection.on('error', () => {})
      connection.on('close', () => this.#forget(connection))
      await connection.connect(address, this.endpoint.port)
      const startedAt = performance.now()
      this.#spoken = await apiVersionsV3.api.async(connection, 'weir', '1')
      this.roundTripMs = performance.now() - startedAt
      if (this.#closed) throw new BrokerUnreachableError(`${this.name}: this driver is closed`)
      this.#connection = connection
      this.#answered()
      return connection
    } catch (error) {
      connection?.socket?.destroy()
      throw this.#failed(brokerErrorOf(error, where))
    }
  }

  #options(): ConnectionOptions {
    const { sasl, tls } = this.#target
    const options: ConnectionOptions = {
      connectTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: this.#requestTimeoutMs,
    }
    if (sasl) options.sasl = saslOptions(sasl)
    if (tls) {
      const { ca, cert, key, serverName = this.endpoint.host } = tls
      options.tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
      // An address is no server name (RFC 6066); Node then checks the certificate against the address itself.
      if (!isIP(serverName)) options.tlsServerName = serverName
    }
    return options
  }

  #forget(connection: Connection | null): void {
    if (this.#connection === connection) this.#connection = null
  }

  #answered(): void {
    this.#answeringSince ??= performance.now() + (this.#failure ? PROBATION_MS : 0)
    this.#failure = null
  }

  #failed(error: BrokerError): BrokerError {
    this.#failure = error
    this.#answeringSince = null
    return error
  }
}
