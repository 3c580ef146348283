import type { BrokerKind } from '@weir/contract'
import type { KafkaReadings } from './kafka/readings.ts'
import type { MqttReadings } from './mqtt/readings.ts'
import type { RabbitmqReadings } from './rabbitmq/readings.ts'

/** What each source of each kind yields, by the source's name. */
export interface ReadingsOf {
  rabbitmq: RabbitmqReadings
  kafka: KafkaReadings
  mqtt: MqttReadings
}

/** The name of one thing that is asked of a broker of kind `K`: `rabbitmq.totals`, `kafka.offsets` … */
export type SourceOf<K extends BrokerKind> = keyof ReadingsOf[K] & string
export type AnySource = { [K in BrokerKind]: SourceOf<K> }[BrokerKind]

/** One answer of a source. */
export interface Reading<D> {
  readonly data: D
  /** When the broker told it: the moment the answer had come. Epoch ms. */
  readonly observedAt: number
  /** Whether the answer holds everything that was asked for; if not, why, as a short English clause. */
  readonly completeness: Completeness
  readonly cost: Cost
}

export type Completeness = { readonly complete: true } | { readonly complete: false; readonly note: string }

export const COMPLETE: Completeness = { complete: true }

/** What the reading took of the broker. */
export interface Cost {
  readonly requests: number
  readonly durationMs: number
}

/** What somebody wants of a source at this moment. */
export interface Wanted {
  readonly cadenceMs: number
  /**
   * The rows somebody has on the screen, by row key; what a source reads more often or more exactly. Detail sources
   * read these alone. Sources that always read everything ignore it.
   */
  readonly keys: readonly string[]
  /**
   * The shares that are watched (vhosts, prefixes), where reading less than the whole cluster saves work; null means
   * the whole cluster.
   */
  readonly scopes: readonly string[] | null
  /**
   * Grows when what was read before is no longer good enough: something was changed, or another source has lost the
   * broker. A poll then reads again at once, however slow its cadence.
   */
  readonly revision?: number | undefined
}

/** `Wanted` over time: it changes while the loop runs, and wakes it when it does. */
export interface Demand {
  current(): Wanted
  /** Calls `listener` after each change, until the returned function is called. */
  onChange(listener: () => void): () => void
}

/** What this broker, with these credentials, can do. The page offers only this. */
export interface Capabilities {
  readonly version: string | null
  /** Whether each feature is there; if not, the reason, as a short English clause. */
  readonly features: Readonly<
    Record<string, { readonly available: true } | { readonly available: false; readonly reason: string }>
  >
}

/**
 * Talks to one broker cluster. Knows nothing of tenants, HTTP or sockets, and doesn't log: it yields or throws a
 * `BrokerError`.
 */
export interface BrokerDriver<K extends BrokerKind = BrokerKind> {
  readonly kind: K
  /** Throws: any BrokerError. */
  capabilities(signal: AbortSignal): Promise<Capabilities>
  /**
   * Readings of one source until `signal` aborts; the iterable then ends without an error.
   * Throws: a BrokerError when a reading fails. Calling again starts afresh, and keeps whatever connections live on.
   */
  watch<S extends SourceOf<K>>(
    source: S,
    demand: Demand,
    signal: AbortSignal,
  ): AsyncIterable<Reading<ReadingsOf[K][S]>>
  /** Ends every connection. Watches end. */
  close(): Promise<void>
}

/**
 * Answers the address to connect to for a host name, asked anew for each attempt; throws where it may not be
 * connected to. The one place where the guard on addresses stands.
 */
export type AddressOf = (host: string) => Promise<string>

/** TLS towards a broker; the certificate is always verified. PEM texts. */
export interface TlsOptions {
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
  /** The name the certificate must carry, where it isn't the endpoint's host. */
  readonly serverName?: string | undefined
}

export interface RabbitmqTarget {
  readonly kind: 'rabbitmq'
  /** `http(s)://host:port[/prefix]`, several nodes of one cluster: the first that answers serves. */
  readonly management: readonly string[]
  /** `amqp(s)://host:port`. Empty: no passive declares, so quorum queues are as old as the totals. */
  readonly amqp: readonly string[]
  /** `http(s)://host:port` of every node. Empty: streams, rates and consumers come from the 5 s statistics. */
  readonly prometheus: readonly string[]
  readonly username: string
  readonly password: string
  readonly tls?: TlsOptions | undefined
}

export interface KafkaTarget {
  readonly kind: 'kafka'
  /** `host:port`. */
  readonly bootstrap: readonly string[]
  /** null: no SASL. */
  readonly sasl: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
    readonly username: string
    readonly password: string
  } | null
  /** null: plaintext. */
  readonly tls: TlsOptions | null
}

export interface MqttTarget {
  readonly kind: 'mqtt'
  /** `mqtt(s)://` or `ws(s)://host:port`. */
  readonly urls: readonly string[]
  readonly username: string | null
  readonly password: string | null
  readonly tls?: TlsOptions | undefined
}

export type BrokerTarget = RabbitmqTarget | KafkaTarget | MqttTarget
