import { randomBytes } from 'node:crypto'
import type { ErrorCode, Series, SourceState, View } from '@weir/contract'
import { views } from '@weir/contract'
import type { AnySource } from '@weir/drivers'
import type { Collector, Hold } from '../collector/collector.ts'
import type { Part, Projection, Row, ViewDefinition } from '../views/view-definition.ts'
import { diffRecord, diffRows } from './diff.ts'
import { KeptPoints, type State } from './kept-points.ts'
import { SharedBody } from './shared-body.ts'
import { sameSourceState, sourceKey, sourceStates } from './source-states.ts'

/** One who receives a stream. Called in order; must not throw. */
export interface Subscriber {
  frame(frame: Frame): void
  stale(stale: Stale): void
  gone(code: ErrorCode): void
}

export interface Frame {
  readonly seq: number
  readonly body: SharedBody
}

export interface Stale {
  readonly since: number
  readonly code: ErrorCode
}

/** What a delta says of a new state. */
interface Change {
  readonly fields: Readonly<Record<string, unknown>>
  readonly rowsCameOrWent: boolean
}

/** Between two batches of sockets the event loop gets its turn. */
const BATCH = 500

/**
 * One view of one scope, as all its viewers see it: projected once per change, numbered, written once, sent to each.
 * Its `epoch` names this life of it: whoever finds another one starts anew.
 */
export class Stream {
  readonly epoch = randomBytes(6).toString('base64url')
  readonly view: View
  readonly parts: readonly Part[]
  readonly sources: ReadonlySet<string>
  readonly #definition: ViewDefinition
  readonly #collector: Collector
  readonly #subscribers = new Set<Subscriber>()
  readonly #onScreen = new Map<Subscriber, readonly string[]>()
  readonly #points: KeptPoints
  #holds: Hold[] = []
  readonly #focusHolds = new Map<AnySource, Hold>()
  #state: State | null = null
  #sourceStates: Readonly<Record<string, SourceState>> = {}
  #stale: Stale | null = null
  #seq = 0
  #observedAt = 0
  /** Epoch ms. */
  #watchedSince = Number.POSITIVE_INFINITY
  #snapshot: Frame | null = null
  #sending: Promise<void> = Promise.resolve()

  constructor(view: View, parts: readonly Part[], definition: ViewDefinition, collector: Collector) {
    this.view = view
    this.parts = parts
    this.#definition = definition
    this.#collector = collector
    this.sources = new Set(
      parts.flatMap((part) =>
        this.#sourcesOf(part).map((source) => sourceKey(part.instance.clusterId, source)),
      ),
    )
    this.#points = new KeptPoints(view, definition.past?.(parts, view) ?? [])
  }

  get watched(): boolean {
    return this.#subscribers.size > 0
  }
  get stale(): Stale | null {
    return this.#stale
  }

  attach(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber)
    if (this.#subscribers.size > 1) return
    this.#watchedSince = Date.now()
    this.#want()
  }

  detach(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber)
    this.focus(subscriber, [])
    if (this.#subscribers.size === 0) this.#letGo()
  }

  /**
   * The rows that a subscriber has on the screen. Keys that aren't in the stream are another's, or nobody's: passed
   * over, unless such a row comes.
   */
  focus(subscriber: Subscriber, keys: readonly string[]): void {
    if (keys.length > 0) this.#onScreen.set(subscriber, keys)
    else this.#onScreen.delete(subscriber)
    this.#refocus()
  }

  /** The last 15 minutes: of the given rows in a table, of every kept field in a record. */
  history(keys: readonly string[]): Series[] {
    const { rowPoints } = this.#definition
    const [part] = this.parts
    const [field] = views[this.view.type].series
    if (!rowPoints || !part || field === undefined || this.#state?.shape !== 'table') {
      return this.#points.series()
    }
    const { rows } = this.#state
    return keys.filter((key) => rows.has(key)).map((key) => ({ field, key, points: rowPoints(part, key) }))
  }

  /** The whole state, as of the newest frame; null before anything was read. */
  snapshot(): Frame | null {
    if (!this.#state) return null
    this.#snapshot ??= {
      seq: this.#seq,
      body: new SharedBody({
        epoch: this.epoch,
        seq: this.#seq,
        observedAt: this.#observedAt,
        sources: this.#sourceStates,
        primary: this.#primary(),
        data: this.#state.shape === 'table' ? [...this.#state.rows.values()] : this.#state.record,
      }),
    }
    return this.#snapshot
  }

  /** Looks at the readings again and sends what changed. */
  update(): void {
    const projection = this.#definition.project(this.parts, this.view)
    if (projection.status === 'gone') {
      // What was last read before anybody watched is no answer yet: the sources are being asked.
      if (projection.asOf >= this.#watchedSince) this.#tellGone(projection.code)
      return
    }
    const states = sourceStates(this.parts, (part) => this.#sourcesOf(part))
    const first = this.#state === null
    const change = this.#apply(projection)
    const observedAt = this.#newest(states)
    const sources = this.#changedSources(states)
    this.#sourceStates = states
    if (this.#state && (change !== null || sources !== null || observedAt !== this.#observedAt)) {
      this.#advance(first, observedAt, { ...change?.fields, ...(sources && { sources }) })
    }
    this.#tellStale()
    if (first || change?.rowsCameOrWent) this.#refocus()
  }

  #advance(first: boolean, observedAt: number, fields: Readonly<Record<string, unknown>>): void {
    this.#seq += 1
    this.#observedAt = observedAt
    this.#snapshot = null
    if (this.#state && !this.#stale) this.#points.keep(this.#state, observedAt)
    if (!this.watched) return
    const delta = { epoch: this.epoch, seq: this.#seq, observedAt, ...fields }
    this.#broadcast(first ? null : { seq: this.#seq, body: new SharedBody(delta) })
  }

  /** Takes the projection in; null when nothing changed. */
  #apply(projection: Projection): Change | null {
    if (projection.status === 'rows') {
      const rows = new Map(projection.rows.map((row) => [row.key, row]))
      const before = this.#state?.shape === 'table' ? this.#state.rows : new Map<string, Row>()
      const { set, remove } = diffRows(before, rows)
      this.#state = { shape: 'table', rows }
      if (set.length === 0 && remove.length === 0) return null
      const fields = { ...(set.length > 0 && { set }), ...(remove.length > 0 && { remove }) }
      return { fields, rowsCameOrWent: remove.length > 0 || rows.size !== before.size }
    }
    if (projection.status === 'record') {
      const before = this.#state?.shape === 'record' ? this.#state.record : {}
      const set = diffRecord(before, projection.record)
      this.#state = { shape: 'record', record: projection.record }
      return set && { fields: { set }, rowsCameOrWent: false }
    }
    return null
  }

  /** One frame to everybody, after the frame before it. `null`: those who wait get the first snapshot. */
  #broadcast(delta: Frame | null): void {
    const frame = delta ?? this.snapshot()
    if (!frame) return
    const to = [...this.#subscribers]
    this.#sending = this.#sending.then(async () => {
      await frame.body.prepare()
      for (const [index, subscriber] of to.entries()) {
        if (index > 0 && index % BATCH === 0) await new Promise((resolve) => setImmediate(resolve))
        if (this.#subscribers.has(subscriber)) subscriber.frame(frame)
      }
    })
  }

  #tellStale(): void {
    const primary = this.#primary()
    const stale = (primary && this.#sourceStates[primary]?.stale) || null
    if (stale?.since === this.#stale?.since && stale?.code === this.#stale?.code) return
    this.#stale = stale
    if (!stale) return
    this.#points.gap(Date.now())
    const to = [...this.#subscribers]
    this.#sending = this.#sending.then(() => {
      for (const subscriber of to) if (this.#subscribers.has(subscriber)) subscriber.stale(stale)
    })
  }

  #tellGone(code: ErrorCode): void {
    for (const subscriber of [...this.#subscribers]) subscriber.gone(code)
  }

  #changedSources(states: Readonly<Record<string, SourceState>>): Record<string, SourceState> | null {
    const primary = this.#primary()
    const changed = Object.entries(states).filter(
      ([name, state]) => !sameSourceState(this.#sourceStates[name], state, name === primary),
    )
    return changed.length > 0 ? Object.fromEntries(changed) : null
  }

  #newest(states: Readonly<Record<string, SourceState>>): number {
    const primary = this.#primary()
    if (primary) return states[primary]?.observedAt ?? this.#observedAt
    return Math.max(this.#observedAt, ...Object.values(states).map((state) => state.observedAt ?? 0))
  }

  /** The source whose age is the stream's own; null where the stream is of several instances. */
  #primary(): string | null {
    if (views[this.view.type].of === 'summary') return null
    const [part] = this.parts
    return (part && this.#sourcesOf(part)[0]) ?? null
  }

  #sourcesOf(part: Part): readonly AnySource[] {
    return this.#definition.sources(part.instance.kind)
  }

  #want(): void {
    const focused = new Set(this.#definition.focus?.map(({ source }) => source))
    for (const part of this.parts) {
      const wish = { keys: [], scopes: scopesOf(part) }
      for (const source of this.#sourcesOf(part)) {
        if (!focused.has(source))
          this.#holds.push(this.#collector.want(part.instance.clusterId, source, wish))
      }
    }
    this.#refocus()
  }

  #letGo(): void {
    for (const hold of this.#holds) hold.release()
    this.#holds = []
    this.#refocus()
  }

  /** Asks each focus source for the rows worth it, and for nothing when there are none. */
  #refocus(): void {
    const [part] = this.parts
    if (!part) return
    const rows = this.#state?.shape === 'table' ? this.#state.rows : null
    const onScreen = [...new Set([...this.#onScreen.values()].flat())].filter((key) => rows?.has(key))
    for (const { source, keys: worthIt } of this.#definition.focus ?? []) {
      const keys = this.watched ? worthIt(part, this.view, onScreen) : []
      const hold = this.#focusHolds.get(source)
      if (keys.length === 0) {
        hold?.release()
        this.#focusHolds.delete(source)
      } else if (hold) {
        hold.change({ keys })
      } else {
        const wish = { keys, scopes: scopesOf(part) }
        this.#focusHolds.set(source, this.#collector.want(part.instance.clusterId, source, wish))
      }
    }
  }
}

/** What a driver may confine its reading to. */
function scopesOf(part: Part): readonly string[] | null {
  const { scope } = part.instance
  return 'vhosts' in scope ? scope.vhosts : null
}
