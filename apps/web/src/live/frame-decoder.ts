import { ServerMessage } from '@weir/contract'

export interface FrameDecoderOptions {
  onMessage(message: ServerMessage): void
  /** A frame that could not be read: it is dropped. */
  onBadFrame(reason: string): void
  /** Bytes of raw deflate to text. */
  inflate?: (bytes: ArrayBuffer) => Promise<string>
}

export interface FrameDecoder {
  /** Text, or the bytes of a binary frame. */
  push(data: unknown): void
  /** Whatever is still being inflated is forgotten. */
  close(): void
}

/** A frame's place in the line; its text is there once it is inflated. */
interface Waiting {
  text: string | null
  failed: string | null
}

/**
 * Turns frames into checked messages, in the order they came. Inflating takes its time, so a text frame behind a
 * deflated one waits for it; alone, it is delivered at once.
 */
export function createFrameDecoder(options: FrameDecoderOptions): FrameDecoder {
  const inflate = options.inflate ?? inflateRaw
  const line: Waiting[] = []
  let closed = false

  function deliver(text: string): void {
    const checked = parseFrame(text)
    if (checked.ok) options.onMessage(checked.message)
    else options.onBadFrame(checked.reason)
  }

  function drain(): void {
    while (!closed) {
      const head = line[0]
      if (head === undefined || (head.text === null && head.failed === null)) return
      line.shift()
      if (head.failed !== null) options.onBadFrame(head.failed)
      else if (head.text !== null) deliver(head.text)
    }
  }

  function enqueueBinary(bytes: ArrayBuffer): void {
    const waiting: Waiting = { text: null, failed: null }
    line.push(waiting)
    inflate(bytes)
      .then(
        (text) => {
          waiting.text = text
        },
        (error: unknown) => {
          waiting.failed = `not deflate-raw: ${String(error)}`
        },
      )
      .then(drain)
  }

  return {
    push(data) {
      if (closed) return
      if (data instanceof ArrayBuffer) enqueueBinary(data)
      else if (typeof data !== 'string') options.onBadFrame('neither text nor bytes')
      else if (line.length === 0) deliver(data)
      else line.push({ text: data, failed: null })
    },
    close() {
      closed = true
      line.length = 0
    },
  }
}

type Checked =
  | { readonly ok: true; readonly message: ServerMessage }
  | { readonly ok: false; readonly reason: string }

function parseFrame(text: string): Checked {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { ok: false, reason: `not JSON: ${String(error)}` }
  }
  const parsed = ServerMessage.safeParse(json)
  if (parsed.success) return { ok: true, message: parsed.data }
  const issue = parsed.error.issues[0]
  return {
    ok: false,
    reason: `${issue?.path.join('.') || 'frame'}: ${issue?.message ?? 'not of the contract'}`,
  }
}

async function inflateRaw(bytes: ArrayBuffer): Promise<string> {
  const body = new Response(bytes).body
  return body === null ? '' : new Response(body.pipeThrough(new DecompressionStream('deflate-raw'))).text()
}
