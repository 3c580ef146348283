import type { Subject, View, ViewType } from '@weir/contract'
import { systemClock, type TimerId } from './clock.ts'
import type { Connection } from './connection.ts'
import { createLiveClient, type LiveClient, type LiveClientOptions } from './live-client.ts'
import type { ViewMessage } from './live-session.ts'
import type { LiveState } from './live-state.ts'
import { createObservable, type Observable } from './observable.ts'
import { type Pulse, pulseOf } from './pulse.ts'
import { createSampled } from './sampled.ts'
import { CONNECTING, createSubscription, type Subscription } from './subscription.ts'

/** A view that nobody watches any more is kept for so long: who comes back finds it as it was. */
const GRACE_MS = 2_000
const PULSE_EVERY_MS = 500

export interface LiveStoreOptions extends LiveClientOptions {
  /** Runs once, soon: the page's next frame. */
  readonly schedule?: (run: () => void) => void
}

/** Something that a view is about was changed by somebody: what was asked for over HTTP may be out of date. */
export interface Changed {
  readonly subject: Subject
  readonly view: View
  readonly what: string
}

/** The rows that one part of the page has on the screen. */
export interface Focus {
  set(keys: readonly string[]): void
  release(): void
}

/** Every live view of the page, over one socket. A view is subscribed once, however many components watch it. */
export interface LiveStore {
  readonly connection: Observable<Connection>
  readonly pulse: Observable<Pulse>
  /** Frames are held back from listeners, and the newest state is shown when it ends. */
  readonly paused: Observable<boolean>
  setPaused(paused: boolean): void
  /** The first listener subscribes; the last one's leaving unsubscribes, two seconds later. */
  subscribeView(subject: Subject, view: View, listener: () => void): () => void
  /** The same reference until a frame changes it. */
  stateOf<V extends View>(subject: Subject, view: V): LiveState<V['type']>
  focus(subject: Subject, view: View): Focus
  onChanged(listener: (changed: Changed) => void): () => void
  /** Epoch ms on the server's clock. */
  serverNow(): number
  /** The same, anew every `everyMs`. One observable for all who ask for the same rhythm. */
  nowEvery(everyMs: number): Observable<number>
  badFrames(): number
  start(): void
  stop(): void
  setVisible(visible: boolean): void
  retryNow(): void
}

interface Entry {
  readonly key: string
  readonly id: string
  readonly subject: Subject
  readonly view: View
  readonly subscription: Subscription
  readonly listeners: Set<() => void>
  readonly focuses: Set<{ keys: readonly string[] }>
  grace: TimerId | null
}

export function createLiveStore(options: LiveStoreOptions): LiveStore {
  const clock = options.clock ?? systemClock
  const schedule = options.schedule ?? ((run: () => void) => requestAnimationFrame(run))
  const entries = new Map<string, Entry>()
  const byId = new Map<string, Entry>()
  const dirty = new Set<Entry>()
  const rhythms = new Map<number, Observable<number>>()
  const changedListeners = new Set<(changed: Changed) => void>()
  const paused = createObservable<boolean>(false)
  const connection = createObservable<Connection>({ state: 'connecting' })
  let pausedSince = 0
  let lastId = 0
  let isScheduled = false

  const client: LiveClient = createLiveClient(options, {
    onWelcome: () => each(({ subscription }) => subscription.ask()),
    onDown: () => each(({ subscription }) => subscription.interrupt()),
    onMessage: receive,
    onShown: comeBack,
  })
  client.connection.subscribe(showConnection)
  const pulse = createSampled(readPulse, PULSE_EVERY_MS, clock, [connection])

  function receive(message: ViewMessage): void {
    if (message.id === undefined) {
      client.noteBadFrame(`${message.type} ${'code' in message ? message.code : ''} of no subscription`)
      return
    }
    const entry = byId.get(message.id)
    if (entry === undefined) return
    if (message.type !== 'changed') return entry.subscription.receive(message)
    const { subject, view } = entry
    for (const listener of [...changedListeners]) listener({ subject, view, what: message.what })
  }

  /** After a hidden while: subscribed anew rather than only resumed, since only that brings the missed history. */
  function comeBack(): void {
    each(({ subscription }) => {
      subscription.interrupt()
      subscription.unask()
    })
    client.send({ type: 'resume' })
    each(({ subscription }) => subscription.ask())
  }

  function each(run: (entry: Entry) => void): void {
    for (const entry of [...entries.values()]) run(entry)
  }

  function entryOf(subject: Subject, view: View): Entry {
    const key = keyOf(subject, view)
    return entries.get(key) ?? createEntry(key, subject, view)
  }

  function createEntry(key: string, subject: Subject, view: View): Entry {
    lastId += 1
    const id = `s${lastId}`
    const subscription = createSubscription({
      id,
      subject,
      view,
      send: client.send,
      serverNow: client.serverNow,
      noteBadFrame: client.noteBadFrame,
      onChange: () => markDirty(entry),
    })
    const entry: Entry = {
      key,
      id,
      subject,
      view,
      subscription,
      listeners: new Set(),
      focuses: new Set(),
      grace: null,
    }
    entries.set(key, entry)
    byId.set(id, entry)
    subscription.ask()
    return entry
  }

  function keep(entry: Entry): void {
    if (entry.grace !== null) clock.clearTimeout(entry.grace)
    entry.grace = null
  }

  function letGo(entry: Entry): void {
    keep(entry)
    if (entry.listeners.size === 0 && entry.focuses.size === 0) {
      entry.grace = clock.setTimeout(() => forget(entry), GRACE_MS)
    }
  }

  function forget(entry: Entry): void {
    entries.delete(entry.key)
    byId.delete(entry.id)
    dirty.delete(entry)
    entry.subscription.unask()
  }

  function markDirty(entry: Entry): void {
    dirty.add(entry)
    requestFlush()
  }

  function requestFlush(): void {
    if (isScheduled) return
    isScheduled = true
    schedule(flush)
  }

  function flush(): void {
    isScheduled = false
    for (const entry of [...dirty]) {
      if (isHeldBack(entry)) continue
      dirty.delete(entry)
      entry.subscription.show()
      for (const listener of [...entry.listeners]) listener()
    }
  }

  /** Paused numbers stand still; a page that was opened meanwhile still gets its first. */
  function isHeldBack({ subscription }: Entry): boolean {
    return paused.get() && subscription.shown().status !== 'connecting'
  }

  function showConnection(): void {
    const of = client.connection.get()
    const isHeld = paused.get() && (of.state === 'open' || of.state === 'paused')
    connection.set(isHeld ? { state: 'paused', since: pausedSince, by: 'user' } : of)
  }

  function readPulse(): Pulse {
    const onScreen = [...entries.values()].filter((entry) => entry.listeners.size > 0)
    const views = onScreen.map(({ subscription }) => ({
      shown: subscription.shown(),
      beats: subscription.beats(),
    }))
    return pulseOf(connection.get(), views, client.serverNow())
  }

  return {
    connection,
    pulse,
    paused,
    setPaused(next) {
      if (next === paused.get()) return
      pausedSince = client.serverNow()
      paused.set(next)
      showConnection()
      if (!next && dirty.size > 0) requestFlush()
    },
    subscribeView(subject, view, listener) {
      const entry = entryOf(subject, view)
      const own = () => listener()
      entry.listeners.add(own)
      keep(entry)
      return () => {
        if (entry.listeners.delete(own)) letGo(entry)
      }
    },
    stateOf<V extends View>(subject: Subject, view: V) {
      const shown: LiveState<ViewType> = entries.get(keyOf(subject, view))?.subscription.shown() ?? CONNECTING
      // The key holds the view's type, and every row went through that view's schema.
      return shown as LiveState<V['type']>
    },
    focus(subject, view) {
      const entry = entryOf(subject, view)
      const own: { keys: readonly string[] } = { keys: [] }
      entry.focuses.add(own)
      keep(entry)
      const tell = () => entry.subscription.focus([...entry.focuses].flatMap(({ keys }) => keys))
      return {
        set(keys) {
          own.keys = keys
          tell()
        },
        release() {
          if (!entry.focuses.delete(own)) return
          tell()
          letGo(entry)
        },
      }
    },
    onChanged(listener) {
      changedListeners.add(listener)
      return () => changedListeners.delete(listener)
    },
    serverNow: client.serverNow,
    nowEvery(everyMs) {
      const now = rhythms.get(everyMs) ?? createSampled(client.serverNow, everyMs, clock)
      rhythms.set(everyMs, now)
      return now
    },
    badFrames: client.badFrames,
    start: client.start,
    stop: client.stop,
    setVisible: client.setVisible,
    retryNow: client.retryNow,
  }
}

/** The same text for the same view of the same subject, in whatever order its fields were written. */
export function keyOf(subject: Subject, view: View): string {
  return JSON.stringify([subject, view], (_, value: unknown) =>
    isFields(value) ? Object.fromEntries(Object.entries(value).toSorted()) : value,
  )
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
