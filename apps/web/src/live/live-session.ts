import { type ClientMessage, PROTOCOL_VERSION, type ServerMessage } from '@weir/contract'
import type { Clock } from './clock.ts'
import { createFrameDecoder } from './frame-decoder.ts'
import { createOutbox } from './outbox.ts'

/** As much of a browser's WebSocket as is used here. */
export interface SocketLike {
  binaryType: string
  onopen: ((event: Event) => void) | null
  onmessage: ((event: MessageEvent) => void) | null
  onclose: ((event: CloseEvent) => void) | null
  send(text: string): void
  close(code?: number): void
}
export type SocketClass = new (url: string) => SocketLike

export type Welcome = Extract<ServerMessage, { type: 'welcome' }>
/** What the owner of a view gets to see: `welcome` and `ping` are the socket's own. */
export type ViewMessage = Exclude<ServerMessage, { type: 'welcome' | 'ping' }>

/** What the browser says when a socket ends without a close frame; ours too, when we give one up. */
export const ABNORMAL_CLOSURE = 1006

/** From the first try to `welcome`. */
const WELCOME_WITHIN_MS = 10_000
/** The server pings every 25 s: a socket silent for longer than this is dead, whatever the browser thinks. */
const SILENT_FOR_MS = 35_000
const LOOK_EVERY_MS = 5_000

export interface LiveSessionOptions {
  readonly url: string
  readonly WebSocket: SocketClass
  readonly clock: Clock
  readonly token: string | undefined
  readonly inflate: ((bytes: ArrayBuffer) => Promise<string>) | undefined
  onWelcome(welcome: Welcome): void
  onMessage(message: ViewMessage): void
  onBadFrame(reason: string): void
  /** Once, whatever ended it; never after `discard`. */
  onEnd(code: number): void
}

/** One socket from its opening to its end. Each try is a new session, so that late events of an old one are lost. */
export interface LiveSession {
  /** When it was let in, on the page's clock; null before. */
  welcomedAt(): number | null
  send(message: ClientMessage): void
  /** Ends a session that has been silent for too long, as a laptop that woke up finds it. */
  checkAlive(): void
  discard(): void
}

/** Throws where the browser refuses even to try. */
export function openSession(options: LiveSessionOptions): LiveSession {
  const { clock } = options
  const socket = new options.WebSocket(options.url)
  const outbox = createOutbox((text) => socket.send(text), clock)
  const inflate = options.inflate === undefined ? {} : { inflate: options.inflate }
  const decoder = createFrameDecoder({ onMessage: receive, onBadFrame: options.onBadFrame, ...inflate })
  let lastFrameAt = clock.now()
  let welcomedAt: number | null = null
  let lookTimer = clock.setTimeout(look, LOOK_EVERY_MS)

  socket.binaryType = 'arraybuffer'
  socket.onopen = () => {
    const token = options.token === undefined ? {} : { token: options.token }
    outbox.send({ type: 'hello', protocol: PROTOCOL_VERSION, accept: ['deflate-raw'], ...token })
  }
  socket.onmessage = ({ data }) => {
    lastFrameAt = clock.now()
    decoder.push(data)
  }
  socket.onclose = ({ code }) => end(code)

  function receive(message: ServerMessage): void {
    if (message.type === 'ping') return
    if (message.type === 'welcome') {
      welcomedAt = clock.now()
      options.onWelcome(message)
    } else if (welcomedAt !== null || message.type === 'error') options.onMessage(message)
  }

  function look(): void {
    lookTimer = clock.setTimeout(look, LOOK_EVERY_MS)
    checkAlive()
  }

  function checkAlive(): void {
    const patienceMs = welcomedAt === null ? WELCOME_WITHIN_MS : SILENT_FOR_MS
    if (clock.now() - lastFrameAt >= patienceMs) end(ABNORMAL_CLOSURE)
  }

  function end(code: number): void {
    discard()
    options.onEnd(code)
  }

  /** The browser may take a minute to give up on a dead socket: it is let go of at once, and told to close. */
  function discard(): void {
    clock.clearTimeout(lookTimer)
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    decoder.close()
    outbox.close()
    socket.close()
  }

  return { welcomedAt: () => welcomedAt, send: outbox.send, checkAlive, discard }
}
