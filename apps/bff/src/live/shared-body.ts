import { promisify } from 'node:util'
import { constants, deflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)

/** Smaller frames aren't worth deflating. */
const DEFLATE_FROM_BYTES = 1024

/**
 * The part of a frame that all its receivers share: the JSON after `{"type":…,"id":…,`. It is written once and
 * deflated once, however many sockets send it; each puts its own few bytes in front.
 */
export class SharedBody {
  readonly text: Buffer
  #deflated: Buffer | null = null

  /** `fields` is everything but `type` and `id`. */
  constructor(fields: Readonly<Record<string, unknown>>) {
    this.text = Buffer.from(JSON.stringify(fields).slice(1))
  }

  get worthDeflating(): boolean {
    return this.text.length >= DEFLATE_FROM_BYTES
  }

  /** Once this has resolved, `deflated` is there where it is worth it. */
  async prepare(): Promise<void> {
    if (!this.worthDeflating || this.#deflated) return
    this.#deflated = await deflate(this.text, { level: constants.Z_BEST_SPEED })
  }

  get deflated(): Buffer | null {
    return this.#deflated
  }
}

/** What stands in front of a shared body. */
export function framePrefix(type: string, id: string): Buffer {
  return Buffer.from(`{"type":${JSON.stringify(type)},"id":${JSON.stringify(id)},`)
}

/**
 * Text as one stored, not final, block of a raw deflate stream (RFC 1951, 3.2.4). Blocks are independent of their
 * neighbours' bytes here, so this and a body that was deflated alone make one valid stream.
 */
export function storedBlock(bytes: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt16LE(bytes.length, 1)
  head.writeUInt16LE(~bytes.length & 0xffff, 3)
  return Buffer.concat([head, bytes])
}
