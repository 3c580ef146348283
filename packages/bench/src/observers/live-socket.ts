import { LIVE_PATH, PROTOCOL_VERSION, ServerMessage, type Subject, type View } from '@weir/contract'
import { WebSocket } from 'ws'

export interface Frame {
  readonly message: ServerMessage
  readonly bytes: number
  /** When it had come, before it was parsed; epoch ms. */
  readonly at: number
}

/** A viewer without a page. */
export class LiveSocket {
  readonly #socket: WebSocket
  readonly #listeners = new Set<(frame: Frame) => void>()

  private constructor(url: string) {
    this.#socket = new WebSocket(`${url.replace(/^http/, 'ws')}${LIVE_PATH}`, {
      perMessageDeflate: false,
      headers: { origin: url },
    })
    this.#socket.on('message', (data: Buffer) => {
      const at = Date.now()
      const message = ServerMessage.parse(JSON.parse(data.toString()))
      for (const listener of this.#listeners) listener({ message, bytes: data.length, at })
    })
  }

  /** Throws where the server can't be reached. */
  static async open(url: string): Promise<LiveSocket> {
    const live = new LiveSocket(url)
    await new Promise<void>((resolve, reject) => {
      live.#socket.once('open', resolve)
      live.#socket.once('error', reject)
    })
    live.#send({ type: 'hello', protocol: PROTOCOL_VERSION })
    return live
  }

  onFrame(listener: (frame: Frame) => void): void {
    this.#listeners.add(listener)
  }

  subscribe(id: string, subject: Subject, view: View): void {
    this.#send({ type: 'subscribe', id, ...subject, view })
  }

  focus(id: string, keys: readonly string[]): void {
    this.#send({ type: 'focus', id, keys })
  }

  close(): void {
    this.#socket.terminate()
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify(message))
  }
}
