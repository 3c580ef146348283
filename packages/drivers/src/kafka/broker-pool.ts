import type { AddressOf, KafkaTarget } from '../driver.ts'
import { BrokerAuthError, BrokerError, BrokerTimeoutError, BrokerUnreachableError } from '../errors.ts'
import { BrokerConnection, type Endpoint, POLL_TIMEOUT_MS } from './broker-connection.ts'

export interface KafkaBrokerMeta extends Endpoint {
  readonly id: number
  readonly rack: string | null
}

/** Nobody is asked any more once so much time went by: whoever waits would take us for hung. */
const GIVE_UP_MS = 3_500

/** The connections to a cluster's brokers: by id once Metadata has told them, by bootstrap address before. */
export class BrokerPool {
  readonly #target: KafkaTarget
  readonly #addressOf: AddressOf
  readonly #requestTimeoutMs: number
  readonly #byAddress = new Map<string, BrokerConnection>()
  readonly #bootstrap: readonly BrokerConnection[]
  #byId = new Map<number, BrokerConnection>()
  #lastGood: BrokerConnection | null = null

  constructor(target: KafkaTarget, addressOf: AddressOf, requestTimeoutMs = POLL_TIMEOUT_MS) {
    this.#target = target
    this.#addressOf = addressOf
    this.#requestTimeoutMs = requestTimeoutMs
    this.#bootstrap = target.bootstrap.map((address) => this.#at(endpointOf(address)))
  }

  /** Which brokers there are now. Connections to others are closed. */
  setBrokers(brokers: readonly KafkaBrokerMeta[]): void {
    this.#byId = new Map(brokers.map((broker) => [broker.id, this.#at(broker)]))
    const kept = new Set(this.#byId.values())
    for (const [address, connection] of this.#byAddress) {
      if (kept.has(connection)) continue
      connection.close()
      this.#byAddress.delete(address)
      if (this.#lastGood === connection) this.#lastGood = null
    }
  }

  /** Whether the broker's last call failed. */
  failing(id: number): boolean {
    return (this.#byId.get(id)?.failure ?? null) !== null
  }

  /** The broker with this id. Throws: BrokerUnreachableError, where Metadata knows none. */
  required(id: number): BrokerConnection {
    const broker = this.#byId.get(id)
    if (broker) return broker
    throw new BrokerUnreachableError(`broker ${id} is not in the cluster any more`)
  }

  /**
   * A connection to the broker, opened where there is none, for what only a broker that is up to date can tell.
   * Throws: BrokerError; BrokerTimeoutError while it has only just come back and others can be asked.
   */
  async upToDate(id: number): Promise<BrokerConnection> {
    const broker = this.required(id)
    await broker.apiVersions()
    if (this.trusts(broker)) return broker
    throw new BrokerTimeoutError(`broker ${id} has only just come back`)
  }

  /** Whether to believe the broker about others: where nobody can be believed, everybody is. */
  trusts(broker: BrokerConnection): boolean {
    return broker.trusted || ![...this.#byId.values()].some(({ trusted }) => trusted)
  }

  /**
   * Asks one broker after the other, beginning with the one that answered last, until one answers. For what every
   * broker knows. Throws: BrokerError, when none does.
   */
  async any<T>(ask: (broker: BrokerConnection) => Promise<T>): Promise<T> {
    let worst: BrokerError | null = null
    const startedAt = performance.now()
    for (const broker of this.#candidates()) {
      if (worst && performance.now() - startedAt > GIVE_UP_MS) break
      try {
        const answer = await ask(broker)
        this.#lastGood = broker
        return answer
      } catch (error) {
        if (!(error instanceof BrokerError) || error instanceof BrokerAuthError) throw error
        // That one hangs says more than that another is down.
        if (worst === null || error instanceof BrokerTimeoutError) worst = error
      }
    }
    throw worst ?? new BrokerUnreachableError('no broker is known')
  }

  /** A connection to any broker that takes one, for what must not be asked of two. Throws: BrokerError. */
  opened(): Promise<BrokerConnection> {
    return this.any(async (broker) => {
      await broker.apiVersions()
      return broker
    })
  }

  close(): void {
    for (const connection of this.#byAddress.values()) connection.close()
  }

  /** Those that answered before first, those to be believed before the others, the bootstrap addresses last. */
  #candidates(): readonly BrokerConnection[] {
    const known = [...this.#byId.values()]
    const rank = (broker: BrokerConnection) =>
      broker.trusted ? (broker === this.#lastGood ? 0 : 1) : broker.failure ? 3 : 2
    known.sort((a, b) => rank(a) - rank(b))
    // A bootstrap address may have been closed as no broker's own: it is opened anew.
    const bootstrap = this.#bootstrap.map((connection) => this.#at(connection.endpoint))
    return [...new Set([...known, ...bootstrap])]
  }

  #at(endpoint: Endpoint): BrokerConnection {
    const address = `${endpoint.host}:${endpoint.port}`
    const existing = this.#byAddress.get(address)
    if (existing) return existing
    const made = new BrokerConnection(this.#target, this.#addressOf, endpoint, this.#requestTimeoutMs)
    this.#byAddress.set(address, made)
    return made
  }
}

/** `host:port`, also `[::1]:9092`. */
function endpointOf(address: string): Endpoint {
  const colon = address.lastIndexOf(':')
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) }
}
