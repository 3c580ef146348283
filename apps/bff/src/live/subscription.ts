import type { ErrorCode } from '@weir/contract'
import type { Outbox } from './outbox.ts'
import type { Frame, Stale, Stream, Subscriber } from './stream.ts'

/**
 * One socket's share in one stream: history and snapshot first, then deltas in order. Whoever misses one, by slowness
 * or a pause, gets one fresh snapshot instead of what it missed.
 */
export class Subscription implements Subscriber {
  readonly id: string
  readonly #stream: Stream
  readonly #outbox: Outbox
  readonly #onGone: (id: string, code: ErrorCode) => void
  #seq: number | null = null
  #needsSnapshot = true
  #catchingUp = false
  #paused = false
  #onScreen: readonly string[] = []

  constructor(id: string, stream: Stream, outbox: Outbox, onGone: (id: string, code: ErrorCode) => void) {
    this.id = id
    this.#stream = stream
    this.#outbox = outbox
    this.#onGone = onGone
  }

  start(): void {
    this.#stream.attach(this)
    const series = this.#stream.history([])
    if (series.length > 0) this.#outbox.message({ type: 'history', id: this.id, series })
    void this.catchUp()
    if (this.#stream.stale) this.stale(this.#stream.stale)
  }

  stop(): void {
    this.#stream.detach(this)
  }

  /** A paused tab wants nothing: the stream may slow down without it. */
  pause(): void {
    if (this.#paused) return
    this.#paused = true
    this.#stream.detach(this)
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#needsSnapshot = true
    this.#stream.attach(this)
    this.#stream.focus(this, this.#onScreen)
    void this.catchUp()
    if (this.#stream.stale) this.stale(this.#stream.stale)
  }

  focus(keys: readonly string[]): void {
    this.#stream.focus(this, keys)
    const fresh = keys.filter((key) => !this.#onScreen.includes(key))
    this.#onScreen = keys
    const series = fresh.length > 0 ? this.#stream.history(fresh) : []
    if (series.length > 0) this.#outbox.message({ type: 'history', id: this.id, series })
  }

  frame(frame: Frame): void {
    if (this.#paused) return
    if (this.#seq !== null && frame.seq <= this.#seq) return
    if (this.#needsSnapshot || frame.seq !== (this.#seq ?? 0) + 1 || this.#outbox.behind) {
      this.#needsSnapshot = true
      void this.catchUp()
      return
    }
    this.#seq = frame.seq
    this.#outbox.shared('delta', this.id, frame.body)
  }

  stale(stale: Stale): void {
    if (!this.#paused) this.#outbox.message({ type: 'stale', id: this.id, ...stale })
  }

  gone(code: ErrorCode): void {
    this.#onGone(this.id, code)
  }

  /** Sends the snapshot that is due, once the socket has room for it. What moves meanwhile is in a newer one. */
  async catchUp(): Promise<void> {
    if (this.#catchingUp) return
    this.#catchingUp = true
    try {
      while (this.#needsSnapshot && !this.#paused && !this.#outbox.behind) {
        const snapshot = this.#stream.snapshot()
        if (!snapshot) return
        await snapshot.body.prepare()
        if (snapshot !== this.#stream.snapshot() || this.#paused) continue
        this.#needsSnapshot = false
        this.#seq = snapshot.seq
        this.#outbox.shared('snapshot', this.id, snapshot.body)
      }
    } finally {
      this.#catchingUp = false
    }
  }
}
