import { createAPI, type Reader, type Writer } from '@platformatic/kafka'
import type { Api } from './api-versions.ts'

/** Rows decoded in one go; between two of them the event loop gets its turn. */
export const SLICE = 2_000

/**
 * A call whose answer is left as bytes, so that it can be decoded bit by bit: an answer of 24,000 rows decoded at once
 * stops everything else for tenths of a second.
 */
export function rawApi<A extends unknown[]>(
  key: number,
  version: number,
  createRequest: (...args: A) => Writer,
): Api<A, Buffer> {
  return createAPI<A, Buffer>(key, version, createRequest, (_correlationId, _apiKey, _apiVersion, reader) =>
    restOf(reader),
  )
}

function restOf(reader: Reader): Buffer {
  return reader.buffer.slice(reader.position)
}

/** Reads an answer in Kafka's compact encoding, from its beginning. Throws RangeError past its end. */
export class CompactCursor {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  int16(): number {
    this.#at += 2
    return this.#bytes.readInt16BE(this.#at - 2)
  }

  int32(): number {
    this.#at += 4
    return this.#bytes.readInt32BE(this.#at - 4)
  }

  int64(): bigint {
    this.#at += 8
    return this.#bytes.readBigInt64BE(this.#at - 8)
  }

  unsignedVarint(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#at)
      this.#at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
      if (shift > 28) throw new RangeError('a length of more than 32 bits')
    }
  }

  /** How many entries follow: the length is one more, and 0 is null. */
  arrayLength(): number {
    return Math.max(0, this.unsignedVarint() - 1)
  }

  string(): string {
    const length = this.arrayLength()
    this.#at += length
    return this.#bytes.toString('utf8', this.#at - length, this.#at)
  }

  skipString(): void {
    const length = this.arrayLength()
    this.#at += length
  }

  skipTags(): void {
    for (let left = this.unsignedVarint(); left > 0; left--) {
      this.unsignedVarint()
      const length = this.unsignedVarint()
      this.#at += length
    }
  }
}

/** Runs the decoder, a slice of rows at a time. It yields after each row. */
export async function inSlices(rows: Iterable<void>): Promise<void> {
  let decoded = 0
  for (const _ of rows) {
    decoded += 1
    if (decoded % SLICE === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}
