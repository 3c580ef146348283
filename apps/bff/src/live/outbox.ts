import { limits, type ServerMessage } from '@weir/contract'
import type { WebSocket } from 'ws'
import { framePrefix, type SharedBody, storedBlock } from './shared-body.ts'

/** A large frame goes out in fragments of this size, so that progress on a slow line can be seen. */
const FRAGMENT_BYTES = 64 * 1024

/**
 * What is on its way to one socket. Knows when the socket is behind, when it has caught up, and when it has drained
 * nothing for too long. Its memory is bounded: a socket that is behind gets no deltas, and one snapshot when drained.
 */
export class Outbox {
  readonly #socket: WebSocket
  readonly #deflates: boolean
  readonly #onDrained: () => void
  #deltaBytes = 0
  #sending = 0
  #progressAt = performance.now()

  constructor(socket: WebSocket, options: { deflates: boolean; onDrained: () => void }) {
    this.#socket = socket
    this.#deflates = options.deflates
    this.#onDrained = options.onDrained
  }

  /** Past the limit on unsent deltas. A snapshot's own size never counts as slowness. */
  get behind(): boolean {
    return this.#deltaBytes > limits.conflateAboveBytes
  }

  /** True: something is on its way and nothing has moved for too long. */
  get stuck(): boolean {
    return this.#sending > 0 && performance.now() - this.#progressAt > limits.drainWithinMs
  }

  message(message: ServerMessage): void {
    this.#write(Buffer.from(JSON.stringify(message)), { binary: false, fin: true }, 0)
  }

  shared(type: 'snapshot' | 'delta', id: string, body: SharedBody): void {
    const deflated = this.#deflates ? body.deflated : null
    const prefix = framePrefix(type, id)
    const head = deflated ? storedBlock(prefix) : prefix
    const binary = deflated !== null
    this.#write(head, { binary, fin: false }, type === 'delta' ? head.length : 0)
    this.#writeFragments(deflated ?? body.text, binary, type === 'delta')
  }

  #writeFragments(bytes: Buffer, binary: boolean, counts: boolean): void {
    for (let from = 0; from < bytes.length; from += FRAGMENT_BYTES) {
      const fragment = bytes.subarray(from, from + FRAGMENT_BYTES)
      const fin = from + FRAGMENT_BYTES >= bytes.length
      this.#write(fragment, { binary, fin }, counts ? fragment.length : 0)
    }
  }

  #write(bytes: Buffer, options: { binary: boolean; fin: boolean }, countedBytes: number): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#sending === 0) this.#progressAt = performance.now()
    this.#sending += 1
    this.#deltaBytes += countedBytes
    this.#socket.send(bytes, { ...options, compress: false }, () => {
      this.#sending -= 1
      this.#deltaBytes -= countedBytes
      this.#progressAt = performance.now()
      if (this.#sending === 0) this.#onDrained()
    })
  }
}
