import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, ErrorCode, LIVE_PATH, limits } from '@weir/contract'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import { localOperator } from '../access/actor.ts'
import { hostAllowed, originIsOwn } from '../access/host-and-origin.ts'
import type { Hub } from './hub.ts'
import { Session } from './session.ts'

/** The library closes a socket (1009) that sends more than this in one message, before we see it. */
const HARD_LIMIT_BYTES = 1024 * 1024
/** All sockets together. */
const MOST_SOCKETS = 20_000

export interface LiveServerOptions {
  readonly server: Server
  readonly hub: Hub
  readonly log: Logger
  /** The port that our own Host and Origin carry. */
  port(): number
}

/** The WebSocket end of `docs/PROTOCOL.md`. */
export class LiveServer {
  readonly #options: LiveServerOptions
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: HARD_LIMIT_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  })
  readonly #sessions = new Set<Session>()
  readonly #timers: NodeJS.Timeout[]

  constructor(options: LiveServerOptions) {
    this.#options = options
    options.server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.#timers = [
      setInterval(() => this.#each((session) => session.tick()), 1_000),
      setInterval(() => this.#each((session) => session.ping()), limits.pingEveryMs),
    ]
  }

  get sessions(): number {
    return this.#sessions.size
  }

  /** Tells every client to come back, with jitter, and lets nobody in any more. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#each((session) => session.close(CloseCode.restart, 'restarting'))
    const last = setTimeout(() => this.#each((session) => session.terminate()), 1_000)
    last.unref()
    this.#sockets.close()
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Before the handshake a broken client is nobody's concern.
    socket.on('error', () => socket.destroy())
    const refusal = this.#refusal(request)
    if (refusal) {
      this.#options.log.warn({ ...refusal, host: request.headers.host, url: request.url }, 'upgrade refused')
      return refuse(socket, refusal.status, refusal.code)
    }
    const ownOrigin = originIsOwn(request.headers.origin, this.#options.port())
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const session = new Session(webSocket, {
        hub: this.#options.hub,
        identify: () => (ownOrigin ? localOperator : null),
        onClose: (closed) => this.#sessions.delete(closed),
      })
      this.#sessions.add(session)
    })
  }

  #refusal(request: IncomingMessage): { status: number; code: ErrorCode } | null {
    const { host } = request.headers
    if (!hostAllowed(host, this.#options.port())) return { status: 403, code: ErrorCode.hostRefused }
    if (request.url?.split('?')[0] !== LIVE_PATH) return { status: 404, code: ErrorCode.notFound }
    if (this.#sessions.size >= MOST_SOCKETS) return { status: 503, code: ErrorCode.tooManySubscriptions }
    return null
  }

  #each(act: (session: Session) => void): void {
    for (const session of [...this.#sessions]) act(session)
  }
}

function refuse(socket: Duplex, status: number, code: ErrorCode): void {
  const body = JSON.stringify({ code })
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 503 ? ['Retry-After: 5'] : []),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
