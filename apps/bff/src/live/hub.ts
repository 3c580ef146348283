import { ErrorCode, type Instance, type Subject, type View, views } from '@weir/contract'
import type { Actor } from '../access/actor.ts'
import { instancesOf } from '../access/visible.ts'
import type { Collector } from '../collector/collector.ts'
import { type PartContext, partOf } from '../views/part-of.ts'
import { viewDefinitions } from '../views/registry.ts'
import { sourceKey } from './source-states.ts'
import { Stream } from './stream.ts'

/** Readings that come within so long of each other make one frame. */
const COALESCE_MS = 15
/** A stream that nobody watches any more is kept so long: whoever comes back finds its points and its epoch. */
const KEEP_MS = 60_000

export interface HubContext extends PartContext {
  readonly collector: Collector
}

/** Every live stream, one per (view, scope), and which readings move it. */
export class Hub {
  readonly #context: HubContext
  readonly #streams = new Map<string, Stream>()
  readonly #bySource = new Map<string, Set<Stream>>()
  readonly #dirty = new Set<Stream>()
  readonly #keptUntil = new Map<Stream, number>()
  readonly #kept = new Set<Stream>()
  #flush: NodeJS.Timeout | null = null
  readonly #sweep: NodeJS.Timeout

  constructor(context: HubContext) {
    this.#context = context
    context.store.onChange((clusterId, source) => this.#moved(sourceKey(clusterId, source)))
    this.#sweep = setInterval(() => this.#forgetUnwatched(), KEEP_MS / 4)
    this.#sweep.unref()
  }

  /**
   * The stream of a view for an actor, made if need be; or why not. The key of a stream is its view and scope, so two
   * actors who may see the same share it.
   */
  open(actor: Actor, subject: Subject, view: View): Stream | ErrorCode {
    const instances = instancesOf(actor, subject, this.#context.inventory)
    if (!instances) return ErrorCode.notFound
    if (!offered(subject, view, instances)) return ErrorCode.viewNotOffered
    const definition = viewDefinitions[view.type]
    const key = JSON.stringify([subject, view])
    const existing = this.#streams.get(key)
    if (existing) return existing
    const stream = new Stream(
      view,
      instances.map((instance) => partOf(instance, this.#context)),
      definition,
      this.#context.collector,
    )
    this.#register(key, stream)
    stream.update()
    return stream
  }

  /** Keeps a stream's points from now on, whether or not anybody watches: what a page opens with is its past. */
  keep(actor: Actor, subject: Subject, view: View): void {
    const stream = this.open(actor, subject, view)
    if (typeof stream !== 'string') this.#kept.add(stream)
  }

  get streams(): number {
    return this.#streams.size
  }

  close(): void {
    clearInterval(this.#sweep)
    if (this.#flush) clearTimeout(this.#flush)
  }

  #register(key: string, stream: Stream): void {
    this.#streams.set(key, stream)
    for (const source of stream.sources) {
      const streams = this.#bySource.get(source) ?? new Set()
      streams.add(stream)
      this.#bySource.set(source, streams)
    }
  }

  #forget(key: string, stream: Stream): void {
    this.#streams.delete(key)
    this.#dirty.delete(stream)
    this.#keptUntil.delete(stream)
    for (const source of stream.sources) this.#bySource.get(source)?.delete(stream)
  }

  #moved(source: string): void {
    for (const stream of this.#bySource.get(source) ?? []) this.#dirty.add(stream)
    if (this.#dirty.size > 0) this.#flush ??= setTimeout(() => void this.#update(), COALESCE_MS)
  }

  /** Projects each moved stream, with a turn of the event loop between them. */
  async #update(): Promise<void> {
    const moved = [...this.#dirty]
    this.#dirty.clear()
    for (const stream of moved) {
      stream.update()
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#flush = null
    if (this.#dirty.size > 0) this.#flush = setTimeout(() => void this.#update(), COALESCE_MS)
  }

  #forgetUnwatched(): void {
    const now = Date.now()
    for (const [key, stream] of this.#streams) {
      if (stream.watched || this.#kept.has(stream)) this.#keptUntil.delete(stream)
      else if (!this.#keptUntil.has(stream)) this.#keptUntil.set(stream, now + KEEP_MS)
      else if ((this.#keptUntil.get(stream) ?? 0) < now) this.#forget(key, stream)
    }
  }
}

/** Whether the view is of this kind of subject: a broker's view of an instance of that kind, a summary of many. */
function offered(subject: Subject, view: View, instances: readonly Instance[]): boolean {
  const { of } = views[view.type]
  if (of !== 'summary') return 'instanceId' in subject && instances.every((instance) => instance.kind === of)
  if (view.type === 'tenant') return 'tenantId' in subject
  if (view.type === 'fleet') return 'fleet' in subject
  return !('instanceId' in subject)
}
