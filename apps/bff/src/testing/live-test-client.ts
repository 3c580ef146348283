import { inflateRawSync } from 'node:zlib'
import { LIVE_PATH, PROTOCOL_VERSION, ServerMessage, type ServerMessageOf, type View } from '@weir/contract'
import { WebSocket } from 'ws'

type Type = ServerMessage['type']

interface ConnectOptions {
  /** `null`: no Origin at all. Default: the server's own. */
  readonly origin?: string | null
  readonly host?: string
  readonly deflate?: boolean
  /** Without it the client says `hello` and waits for `welcome`. */
  readonly silent?: boolean
}

/** A client that a test can hold a conversation with. Every frame is checked against the contract. */
export class LiveTestClient {
  readonly socket: WebSocket
  readonly received: ServerMessage[] = []
  /** The same frames as they came, whatever they held. */
  readonly texts: string[] = []
  /** Binary frames among them. */
  deflated = 0
  #waiting: (() => void)[] = []
  #closed: { code: number; reason: string } | null = null
  #next = 0

  private constructor(url: string, options: ConnectOptions) {
    const origin = options.origin === undefined ? url : options.origin
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}${LIVE_PATH}`, {
      perMessageDeflate: false,
      headers: { ...(origin !== null && { origin }), ...(options.host && { host: options.host }) },
    })
    this.socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) this.deflated += 1
      const text = binary ? inflateRawSync(data).toString() : data.toString()
      this.texts.push(text)
      this.received.push(ServerMessage.parse(JSON.parse(text)))
      this.#wake()
    })
    this.socket.on('close', (code, reason) => {
      this.#closed = { code, reason: reason.toString() }
      this.#wake()
    })
    this.socket.on('error', () => {})
  }

  static async connect(url: string, options: ConnectOptions = {}): Promise<LiveTestClient> {
    const client = new LiveTestClient(url, options)
    await new Promise<void>((resolve, reject) => {
      client.socket.once('open', resolve)
      client.socket.once('error', reject)
    })
    if (options.silent) return client
    client.send({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      ...(options.deflate && { accept: ['deflate-raw'] }),
    })
    await client.next('welcome')
    return client
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  subscribe(id: string, subject: Record<string, unknown>, view: View): void {
    this.send({ type: 'subscribe', id, ...subject, view })
  }

  /** The next message of this type that nobody has taken yet; others before it are passed over. */
  async next<T extends Type>(
    type: T,
    matches: (message: ServerMessageOf<T>) => boolean = () => true,
    withinMs = 5_000,
  ): Promise<ServerMessageOf<T>> {
    const until = Date.now() + withinMs
    for (;;) {
      for (; this.#next < this.received.length; this.#next += 1) {
        const message = this.received[this.#next]
        if (message?.type === type && matches(message as ServerMessageOf<T>)) {
          this.#next += 1
          return message as ServerMessageOf<T>
        }
      }
      if (this.#closed) throw new Error(`closed with ${this.#closed.code} before a ${type}`)
      await this.#news(until - Date.now(), `no ${type} within ${withinMs} ms`)
    }
  }

  async closed(withinMs = 7_000): Promise<{ code: number; reason: string }> {
    const until = Date.now() + withinMs
    while (!this.#closed) await this.#news(until - Date.now(), `still open after ${withinMs} ms`)
    return this.#closed
  }

  close(): void {
    this.socket.terminate()
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }

  #news(withinMs: number, otherwise: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(otherwise)), Math.max(0, withinMs))
      this.#waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
