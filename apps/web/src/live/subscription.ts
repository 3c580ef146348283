import type { ClientMessage, Subject, View, ViewType } from '@weir/contract'
import { type Beats, noBeats, noteBeat } from './beats.ts'
import { focusKeys } from './focus-keys.ts'
import type { ViewMessage } from './live-session.ts'
import type { LiveState, SnapshotBase } from './live-state.ts'
import {
  type Applied,
  applyDelta,
  applyHistory,
  applyRefusal,
  applySnapshot,
  applyStale,
  breakLine,
  cadenceOf,
  emptyView,
  type ViewState,
} from './view-state.ts'

/** A snapshot that was asked for and didn't come, while deltas do, was lost: asked for again. */
const ASK_AGAIN_AFTER_MS = 10_000

export const CONNECTING = { status: 'connecting' } as const

/** A message of one subscription. */
export type SubscriptionMessage = Exclude<ViewMessage, { type: 'changed' }>

export interface SubscriptionOptions {
  readonly id: string
  readonly subject: Subject
  readonly view: View
  send(message: ClientMessage): void
  serverNow(): number
  noteBadFrame(reason: string): void
  /** There is something new to show. */
  onChange(): void
}

/** One view on the wire: what the server told of it, and what its listeners were shown last. */
export interface Subscription {
  /** What listeners see; the same reference until `show`. */
  shown(): LiveState<ViewType>
  /** Takes over what came since. */
  show(): void
  beats(): Beats
  /** Sends `subscribe`; the answer is a snapshot, and to that the focus where there is one. */
  ask(): void
  unask(): void
  receive(message: SubscriptionMessage): void
  /** The socket is gone, or was told to be quiet. */
  interrupt(): void
  focus(keys: Iterable<string>): void
}

export function createSubscription(options: SubscriptionOptions): Subscription {
  const { id, subject, view, send } = options
  let state: ViewState = emptyView(view.type)
  let shown: LiveState<ViewType> = CONNECTING
  let changed = new Set<string>()
  let focused: ReadonlySet<string> = new Set()
  /** Since when a snapshot is awaited. */
  let askedAt: number | null = null
  let isFocusDue = false
  let beats = noBeats

  function ask(): void {
    askedAt = options.serverNow()
    isFocusDue = true
    send({ type: 'subscribe', id, view, ...subject })
  }

  function askAgain(): void {
    send({ type: 'unsubscribe', id })
    ask()
  }

  /** Only once there are rows: the server passes over keys that it doesn't hold yet. */
  function sendFocus(): void {
    if (askedAt !== null) return
    isFocusDue = false
    send({ type: 'focus', id, keys: [...focused] })
  }

  function receive(message: SubscriptionMessage): void {
    switch (message.type) {
      case 'history':
        state = applyHistory(state, message)
        break
      case 'snapshot':
        askedAt = null
        take(applySnapshot(state, message, focused))
        if (isFocusDue && focused.size > 0) sendFocus()
        break
      case 'delta':
        receiveDelta(message)
        break
      case 'stale':
        state = applyStale(state, message)
        break
      case 'error':
        state = applyRefusal(state, message.code)
        break
      default:
        message satisfies never
    }
    options.onChange()
  }

  function receiveDelta(delta: Extract<SubscriptionMessage, { type: 'delta' }>): void {
    if (askedAt !== null) {
      if (options.serverNow() - askedAt >= ASK_AGAIN_AFTER_MS) askAgain()
      return
    }
    const applied = applyDelta(state, delta, focused)
    if (applied === null) askAgain()
    else take(applied)
  }

  function take(applied: Applied): void {
    state = applied.state
    for (const key of applied.changed) changed.add(key)
    for (const reason of applied.bad) options.noteBadFrame(reason)
    if (state.held === null) return
    beats = noteBeat(beats, state.held.observedAt, options.serverNow(), cadenceOf(state.held))
  }

  return {
    shown: () => shown,
    show() {
      shown = toShow(state, changed)
      changed = new Set()
    },
    beats: () => beats,
    ask,
    unask: () => send({ type: 'unsubscribe', id }),
    receive,
    interrupt() {
      state = breakLine(state)
      beats = noBeats
      options.onChange()
    },
    focus(wanted) {
      const keys = focusKeys(wanted)
      if (keys.length === focused.size && keys.every((key) => focused.has(key))) return
      focused = new Set(keys)
      sendFocus()
    },
  }
}

function toShow(state: ViewState, changedKeys: ReadonlySet<string>): LiveState<ViewType> {
  if (state.refused !== null) return { status: 'refused', code: state.refused }
  const snapshot = snapshotOf(state, changedKeys)
  if (state.stale !== null) return { status: 'stale', snapshot, ...state.stale }
  return snapshot === null ? CONNECTING : { status: 'live', snapshot }
}

function snapshotOf({ held, series }: ViewState, changedKeys: ReadonlySet<string>): AnySnapshot | null {
  if (held === null) return null
  const { data, epoch, seq, observedAt, sources, primary } = held
  const base: SnapshotBase = { epoch, seq, observedAt, sources, primary, changedKeys, series }
  // Every row and record has been through its view's own schema on the way in (view-data.ts).
  return (data.shape === 'table'
    ? { ...base, rows: data.rows }
    : { ...base, record: data.record }) as unknown as AnySnapshot
}

type AnySnapshot = Extract<LiveState<ViewType>, { status: 'live' }>['snapshot']
