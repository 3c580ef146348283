import type { BrokerKind, ErrorCode } from '@weir/contract'
import type { AnySource, Reading, ReadingsOf } from '@weir/drivers'

/** What every source's reading holds, by the source's name. */
export type DataOfSource = ReadingsOf['rabbitmq'] & ReadingsOf['kafka'] & ReadingsOf['mqtt']

/** How one source of one cluster stands. */
export interface SourceSlot<D> {
  /** The newest; kept while later ones fail, since an old truth with its age beats none. */
  readonly reading: Reading<D> | null
  /** Since when readings fail; null while they come. */
  readonly stale: { readonly since: number; readonly code: ErrorCode } | null
  readonly cadenceMs: number
}

type Listener = (clusterId: string, source: AnySource) => void

/** The newest reading of every (cluster, source). Written by the collector alone. */
export class ReadingStore {
  readonly #slots = new Map<string, SourceSlot<unknown>>()
  readonly #listeners = new Set<Listener>()

  get<S extends AnySource>(clusterId: string, source: S): SourceSlot<DataOfSource[S]> | undefined {
    return this.#slots.get(keyOf(clusterId, source)) as SourceSlot<DataOfSource[S]> | undefined
  }

  put(clusterId: string, source: AnySource, reading: Reading<unknown>, cadenceMs: number): void {
    this.#slots.set(keyOf(clusterId, source), { reading, stale: null, cadenceMs })
    this.#tell(clusterId, source)
  }

  /** Keeps the last reading and says since when it is old. A second failure keeps the first one's time. */
  fail(clusterId: string, source: AnySource, code: ErrorCode, at: number): void {
    const slot = this.#slots.get(keyOf(clusterId, source))
    if (slot?.stale?.code === code) return
    const since = slot?.stale?.since ?? at
    this.#slots.set(keyOf(clusterId, source), {
      reading: slot?.reading ?? null,
      stale: { since, code },
      cadenceMs: slot?.cadenceMs ?? 0,
    })
    this.#tell(clusterId, source)
  }

  /** Nothing new was read, but time has passed over what was: whoever listens looks again. */
  touch(clusterId: string, source: AnySource): void {
    this.#tell(clusterId, source)
  }

  /** Called after each `put`, each new kind of failure, and each `touch`. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(clusterId: string, source: AnySource): void {
    for (const listener of this.#listeners) listener(clusterId, source)
  }
}

function keyOf(clusterId: string, source: AnySource): string {
  return `${clusterId} ${source}`
}

/** The kind that a source belongs to: the first word of its name. */
export function kindOfSource(source: AnySource): BrokerKind {
  return source.slice(0, source.indexOf('.')) as BrokerKind
}
