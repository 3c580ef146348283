import { type ClientMessage, ClientMessage as ClientMessageSchema, type ServerMessage } from '@weir/contract'
import type { SocketLike } from '../live-session.ts'

/** A server's end of the socket, worked by hand: what the page sent, and what it is to receive. */
export class FakeWebSocket implements SocketLike {
  static readonly opened: FakeWebSocket[] = []
  static reset(): void {
    FakeWebSocket.opened.length = 0
  }
  /** The socket that the page holds now. */
  static get newest(): FakeWebSocket {
    const socket = FakeWebSocket.opened.at(-1)
    if (socket === undefined) throw new Error('the page opened no socket')
    return socket
  }

  binaryType = 'blob'
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  isClosed = false
  readonly url: string
  readonly sent: ClientMessage[] = []

  constructor(url: string) {
    this.url = url
    FakeWebSocket.opened.push(this)
  }

  send(text: string): void {
    if (this.isClosed) throw new Error('sent on a closed socket')
    this.sent.push(ClientMessageSchema.parse(JSON.parse(text)))
  }

  close(): void {
    this.isClosed = true
  }

  /** The connection stands, and the server lets the page in. */
  welcome(serverAt: number = Date.now()): void {
    this.open()
    this.receive({ type: 'welcome', protocol: 1, serverAt, actor: { type: 'operator' } })
  }

  open(): void {
    this.onopen?.(new Event('open'))
  }

  receive(message: ServerMessage): void {
    this.receiveRaw(JSON.stringify(message))
  }

  receiveRaw(data: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data }))
  }

  /** The server closes, or the network does. */
  end(code: number): void {
    this.isClosed = true
    this.onclose?.(new CloseEvent('close', { code }))
  }

  sentOf<T extends ClientMessage['type']>(type: T): Extract<ClientMessage, { type: T }>[] {
    return this.sent.filter(
      (message): message is Extract<ClientMessage, { type: T }> => message.type === type,
    )
  }
}
