import type { ClientMessage } from '@weir/contract'
import { type Clock, systemClock, type TimerId } from './clock.ts'
import type { Connection } from './connection.ts'
import {
  ABNORMAL_CLOSURE,
  type LiveSession,
  openSession,
  type SocketClass,
  type ViewMessage,
  type Welcome,
} from './live-session.ts'
import { createObservable, type Observable } from './observable.ts'
import { afterClose, reconnectDelayMs } from './reconnect-policy.ts'

/** After so long with a welcome, the next loss counts as the first. */
const HEALTHY_AFTER_MS = 60_000
/** A tab that is looked away from for less than this keeps its numbers coming. */
const PAUSE_HIDDEN_AFTER_MS = 10_000
/** A page that was told to reload and still stands tries again by itself. */
const RELOAD_FAILED_AFTER_MS = 30_000

export interface LiveClientOptions {
  /** `ws:` or `wss:`. */
  readonly url: string
  readonly WebSocket: SocketClass
  /** For pages without a session: asked anew for each socket. */
  readonly token?: () => string | undefined
  /** Reloads the page unless that was just tried for the same reason, which answers false. */
  readonly reload?: () => boolean
  readonly clock?: Clock
  readonly random?: () => number
  readonly inflate?: (bytes: ArrayBuffer) => Promise<string>
}

export interface LiveClientHandlers {
  /** Let in, for the first time or again: nothing is subscribed yet. */
  onWelcome(welcome: Welcome): void
  onMessage(message: ViewMessage): void
  /** The socket is gone, and with it all that was subscribed. */
  onDown(): void
  /** The tab is seen again. Nothing comes until `resume` is sent. */
  onShown(): void
}

export interface LiveClient {
  readonly connection: Observable<Connection>
  /** Epoch ms on the server's clock: this page's, corrected by what `welcome` told. */
  serverNow(): number
  /** Frames, or rows of them, that could not be read since the page began. */
  badFrames(): number
  /** Counts one; the first is told on the console. */
  noteBadFrame(reason: string): void
  /** Opens the socket, or opens it again after `closed`. */
  start(): void
  stop(): void
  /** Lost while there is no welcomed socket: the next `onWelcome` subscribes anew. */
  send(message: ClientMessage): void
  /** Whether anybody can see the page. */
  setVisible(visible: boolean): void
  /** Something says that the network is back: try now rather than later. */
  retryNow(): void
}

/** Keeps one socket to the server open: reconnecting, and the pause of a tab that nobody sees. Knows no view. */
export function createLiveClient(options: LiveClientOptions, handlers: LiveClientHandlers): LiveClient {
  const clock = options.clock ?? systemClock
  const random = options.random ?? Math.random
  const connection = createObservable<Connection>({ state: 'connecting' })

  let session: LiveSession | null = null
  let skewMs = 0
  let failedTries = 0
  let downSince: number | null = null
  let badFrames = 0
  let pausedHidden = false
  let retryTimer: TimerId | null = null
  let hiddenTimer: TimerId | null = null

  const serverNow = () => clock.now() + skewMs
  const isWelcomed = () => session !== null && session.welcomedAt() !== null

  function open(): void {
    retryTimer = cancel(retryTimer)
    try {
      session = openSession({
        url: options.url,
        WebSocket: options.WebSocket,
        clock,
        token: options.token?.(),
        inflate: options.inflate,
        onWelcome: welcome,
        onMessage: handlers.onMessage,
        onBadFrame: noteBadFrame,
        onEnd: lost,
      })
    } catch {
      // A page whose policy forbids the socket throws here: a failed try like any other.
      lost(ABNORMAL_CLOSURE)
    }
  }

  function welcome(message: Welcome): void {
    skewMs = message.serverAt - clock.now()
    downSince = null
    handlers.onWelcome(message)
    if (pausedHidden) send({ type: 'pause' })
    showConnection()
  }

  function lost(code: number): void {
    const welcomedAt = session?.welcomedAt() ?? null
    if (welcomedAt !== null && clock.now() - welcomedAt >= HEALTHY_AFTER_MS) failedTries = 0
    session = null
    downSince ??= serverNow()
    handlers.onDown()
    const next = afterClose(code)
    if (next === 'stop' || (next === 'reload' && options.reload?.() !== true)) {
      connection.set({ state: 'closed', code })
      return
    }
    retryIn(next === 'reload' ? RELOAD_FAILED_AFTER_MS : reconnectDelayMs(code, failedTries, random()))
  }

  function retryIn(delayMs: number): void {
    failedTries += 1
    retryTimer = clock.setTimeout(retry, delayMs)
    const since = downSince ?? serverNow()
    connection.set({ state: 'reconnecting', since, nextTryAt: serverNow() + delayMs })
  }

  function retry(): void {
    connection.set({ state: 'reconnecting', since: downSince ?? serverNow(), nextTryAt: null })
    open()
  }

  function showConnection(): void {
    connection.set(pausedHidden ? { state: 'paused', since: serverNow(), by: 'hidden' } : { state: 'open' })
  }

  function hide(): void {
    hiddenTimer = null
    pausedHidden = true
    if (!isWelcomed()) return
    send({ type: 'pause' })
    showConnection()
  }

  function show(): void {
    hiddenTimer = cancel(hiddenTimer)
    const wasPaused = pausedHidden
    pausedHidden = false
    session?.checkAlive()
    retryNow()
    if (!wasPaused || !isWelcomed()) return
    handlers.onShown()
    showConnection()
  }

  function retryNow(): void {
    if (retryTimer === null) return
    retryTimer = cancel(retryTimer)
    retry()
  }

  function send(message: ClientMessage): void {
    if (session !== null && session.welcomedAt() !== null) session.send(message)
  }

  function noteBadFrame(reason: string): void {
    badFrames += 1
    if (badFrames === 1) console.error(`live: a frame could not be read and was dropped: ${reason}`)
  }

  function cancel(timer: TimerId | null): null {
    if (timer !== null) clock.clearTimeout(timer)
    return null
  }

  return {
    connection,
    serverNow,
    badFrames: () => badFrames,
    noteBadFrame,
    send,
    retryNow,
    start() {
      if (session !== null || retryTimer !== null) return
      failedTries = 0
      downSince = null
      connection.set({ state: 'connecting' })
      open()
    },
    stop() {
      retryTimer = cancel(retryTimer)
      hiddenTimer = cancel(hiddenTimer)
      session?.discard()
      session = null
    },
    setVisible(visible) {
      if (visible) show()
      else if (!pausedHidden) hiddenTimer ??= clock.setTimeout(hide, PAUSE_HIDDEN_AFTER_MS)
    },
  }
}
