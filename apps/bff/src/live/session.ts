import { type ClientMessage, CloseCode, ErrorCode, limits, PROTOCOL_VERSION } from '@weir/contract'
import type { WebSocket } from 'ws'
import type { Actor } from '../access/actor.ts'
import { parseClientFrame } from './client-frame.ts'
import type { Hub } from './hub.ts'
import { Outbox } from './outbox.ts'
import { Subscription } from './subscription.ts'

type Hello = Extract<ClientMessage, { type: 'hello' }>
type Subscribe = Extract<ClientMessage, { type: 'subscribe' }>

export interface SessionContext {
  readonly hub: Hub
  /** Who this is, given what its `hello` brought; null: nobody we know. */
  identify(hello: Hello): Actor | null
  onClose(session: Session): void
}

/** One socket, from its first frame to its last. */
export class Session {
  readonly #socket: WebSocket
  readonly #context: SessionContext
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #helloTimer: NodeJS.Timeout
  #actor: Actor | null = null
  #outbox: Outbox
  #paused = false
  #framesThisSecond = 0

  constructor(socket: WebSocket, context: SessionContext) {
    this.#socket = socket
    this.#context = context
    this.#outbox = this.#makeOutbox(false)
    this.#helloTimer = setTimeout(() => this.close(CloseCode.helloTimeout, 'no hello'), limits.helloWithinMs)
    socket.on('message', (data: Buffer, binary: boolean) => this.#receive(data, binary))
    socket.on('close', () => this.#ended())
    // A socket that breaks also closes: there is nothing to add here.
    socket.on('error', () => {})
  }

  close(code: CloseCode, reason: string): void {
    this.#socket.close(code, reason.slice(0, 120))
  }

  terminate(): void {
    this.#socket.terminate()
  }

  ping(): void {
    if (this.#actor) this.#outbox.message({ type: 'ping' })
  }

  /** Once a second: the frame budget is renewed, and a socket that drains nothing is let go. */
  tick(): void {
    this.#framesThisSecond = 0
    if (!this.#outbox.stuck) return
    this.close(CloseCode.tooSlow, 'drained nothing for too long')
    // The close frame waits behind what isn't draining.
    this.terminate()
  }

  #receive(data: Buffer, binary: boolean): void {
    this.#framesThisSecond += 1
    if (this.#framesThisSecond > limits.framesPerSecond)
      return this.close(CloseCode.tooMany, 'too many frames')
    const frame = parseClientFrame(data, binary)
    if (frame.type === 'malformed') return this.close(CloseCode.badMessage, frame.message)
    if (!this.#actor) return this.#greet(frame.type === 'message' ? frame.message : null)
    if (frame.type === 'refused') return this.#refuse(frame.id, frame.code, frame.message)
    this.#handle(this.#actor, frame.message)
  }

  #greet(message: ClientMessage | null): void {
    if (message?.type !== 'hello') return this.close(CloseCode.badMessage, 'hello comes first')
    if (message.protocol !== PROTOCOL_VERSION) {
      return this.close(CloseCode.protocolVersion, `this server speaks protocol ${PROTOCOL_VERSION}`)
    }
    const actor = this.#context.identify(message)
    if (!actor) return this.close(CloseCode.unauthorized, 'no sign-in and no token that counts here')
    clearTimeout(this.#helloTimer)
    this.#actor = actor
    this.#outbox = this.#makeOutbox(message.accept?.includes('deflate-raw') ?? false)
    this.#outbox.message({
      type: 'welcome',
      protocol: PROTOCOL_VERSION,
      serverAt: Date.now(),
      actor: { type: actor.type },
    })
  }

  #handle(actor: Actor, message: ClientMessage): void {
    switch (message.type) {
      case 'subscribe':
        return this.#subscribe(actor, message)
      case 'unsubscribe':
        return this.#unsubscribe(message.id)
      case 'focus':
        // A refused subscription's focus may already be on its way: not a fault.
        return this.#subscriptions.get(message.id)?.focus(message.keys)
      case 'pause':
        this.#paused = true
        for (const subscription of this.#subscriptions.values()) subscription.pause()
        return
      case 'resume':
        this.#paused = false
        for (const subscription of this.#subscriptions.values()) subscription.resume()
        return
      case 'hello':
        return this.close(CloseCode.badMessage, 'hello comes once')
      case 'refresh-token':
        return this.close(CloseCode.unauthorized, 'no token counts here')
      default:
        message satisfies never
    }
  }

  #subscribe(actor: Actor, message: Subscribe): void {
    const { id, view } = message
    if (this.#subscriptions.has(id)) return this.#refuse(id, ErrorCode.badRequest, 'this id is in use')
    if (this.#subscriptions.size >= limits.subscriptionsPerSocket) {
      return this.#refuse(
        id,
        ErrorCode.tooManySubscriptions,
        `at most ${limits.subscriptionsPerSocket} on one socket`,
      )
    }
    const subject = subjectOf(message)
    const stream = this.#context.hub.open(actor, subject, view)
    if (typeof stream === 'string') return this.#refuse(id, stream, refusals[stream] ?? stream)
    const subscription = new Subscription(id, stream, this.#outbox, (gone, code) => {
      this.#unsubscribe(gone)
      this.#refuse(gone, code, refusals[code] ?? code)
    })
    this.#subscriptions.set(id, subscription)
    subscription.start()
    if (this.#paused) subscription.pause()
  }

  #unsubscribe(id: string): void {
    this.#subscriptions.get(id)?.stop()
    this.#subscriptions.delete(id)
  }

  #refuse(id: string, code: ErrorCode, message: string): void {
    this.#outbox.message({ type: 'error', id, code, message })
  }

  #makeOutbox(deflates: boolean): Outbox {
    return new Outbox(this.#socket, {
      deflates,
      onDrained: () => {
        for (const subscription of this.#subscriptions.values()) void subscription.catchUp()
      },
    })
  }

  #ended(): void {
    clearTimeout(this.#helloTimer)
    for (const id of [...this.#subscriptions.keys()]) this.#unsubscribe(id)
    this.#context.onClose(this)
  }
}

const refusals: Partial<Record<ErrorCode, string>> = {
  [ErrorCode.notFound]: 'there is no such thing here',
  [ErrorCode.viewUnknown]: 'there is no such view',
  [ErrorCode.viewNotOffered]: 'this view is not of that kind of thing',
}

function subjectOf(message: Subscribe) {
  if ('instanceId' in message) return { instanceId: message.instanceId }
  if ('tenantId' in message) return { tenantId: message.tenantId }
  return { fleet: true as const }
}
