/** Holds the newest value for one reader: a slow reader misses values, never gets old ones. */
export class Mailbox<T> {
  #value: { readonly value: T } | null = null
  #failure: { readonly error: unknown } | null = null
  #ended = false
  #wake: () => void = () => {}

  put(value: T): void {
    this.#value = { value }
    this.#wake()
  }

  /** The reader gets this thrown, after which nothing more comes. */
  fail(error: unknown): void {
    this.#failure = { error }
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *read(): AsyncGenerator<T> {
    for (;;) {
      if (this.#ended) return
      if (this.#failure) throw this.#failure.error
      if (this.#value) {
        const { value } = this.#value
        this.#value = null
        yield value
        continue
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
