import type { BrokerKind } from '@weir/contract'
import type {
  BrokerDriver,
  Capabilities,
  Completeness,
  Demand,
  Reading,
  ReadingsOf,
  SourceOf,
  Wanted,
} from '../driver.ts'
import { COMPLETE } from '../driver.ts'
import type { BrokerError } from '../errors.ts'
import { ScriptedSource } from './scripted-source.ts'

/** What the sources of a kind answer from the start. */
export type Script<K extends BrokerKind> = { readonly [S in SourceOf<K>]?: ReadingsOf[K][S] }

/** A driver without a broker: it answers what a test tells it to. */
export interface MemoryDriver<K extends BrokerKind> extends BrokerDriver<K> {
  /** What the source answers from now on; running watches read it at once. */
  push<S extends SourceOf<K>>(source: S, data: ReadingsOf[K][S], told?: Told): void
  /** What the next reading finds, whenever it is made: as a broker that changes between two polls. */
  prepare<S extends SourceOf<K>>(source: S, data: ReadingsOf[K][S]): void
  /** The source throws this from now on; running watches at once. */
  fail(source: SourceOf<K>, error: BrokerError): void
  /** The source doesn't answer any more, until the next `push` or `fail`. So it is, too, before the first one. */
  hang(source: SourceOf<K>): void
  /** How many readings of the source have been begun: what a broker would have been asked. */
  reads(source: SourceOf<K>): number
  /** How many watches of the source are running. */
  watches(source: SourceOf<K>): number
  /** What was wanted when the source was last read; null before. */
  wanted(source: SourceOf<K>): Wanted | null
  /** What `capabilities` answers from now on, or throws. */
  setCapabilities(capabilities: Capabilities | BrokerError): void
  readonly closed: boolean
}

/** What a pushed reading says of itself, where it isn't complete and of this moment. */
export interface Told {
  /** Epoch ms. Absent: the moment of each read. */
  readonly observedAt?: number
  readonly completeness?: Completeness
}

/**
 * The reference driver, for unit tests: any kind's sources, scripted and deterministic. A push is read at once; beyond
 * that a source is read again at the wanted cadence, as a polled one is.
 */
export function createMemoryDriver<K extends BrokerKind>(options: {
  kind: K
  script?: Script<K>
  capabilities?: Capabilities
}): MemoryDriver<K> {
  const sources = new Map<string, ScriptedSource>()
  const closing = new AbortController()
  let capabilities: Capabilities | BrokerError = options.capabilities ?? {
    version: '0.0.0-memory',
    features: {},
  }

  const scripted = (source: string): ScriptedSource => {
    const known = sources.get(source) ?? new ScriptedSource()
    sources.set(source, known)
    return known
  }

  const driver: MemoryDriver<K> = {
    kind: options.kind,
    capabilities: async () => {
      if (capabilities instanceof Error) throw capabilities
      return capabilities
    },
    watch: <S extends SourceOf<K>>(source: S, demand: Demand, signal: AbortSignal) =>
      // Only `push` puts data in, and it takes this source's own type.
      scripted(source).watch(demand, AbortSignal.any([signal, closing.signal])) as AsyncIterable<
        Reading<ReadingsOf[K][S]>
      >,
    close: async () => closing.abort(),
    push: (source, data, { observedAt, completeness = COMPLETE } = {}) =>
      scripted(source).become({ data, observedAt, completeness }),
    prepare: (source, data) =>
      scripted(source).willBe({ data, observedAt: undefined, completeness: COMPLETE }),
    fail: (source, error) => scripted(source).become(error),
    hang: (source) => scripted(source).become(null),
    reads: (source) => scripted(source).reads,
    watches: (source) => scripted(source).watches,
    wanted: (source) => scripted(source).wanted,
    setCapabilities: (next) => {
      capabilities = next
    },
    get closed() {
      return closing.signal.aborted
    },
  }
  for (const [source, data] of Object.entries(options.script ?? {})) {
    scripted(source).become({ data, observedAt: undefined, completeness: COMPLETE })
  }
  return driver
}
