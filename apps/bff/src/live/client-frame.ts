import { ClientMessage, ErrorCode, limits, View } from '@weir/contract'
import { z } from 'zod'

export type ParsedFrame =
  | { readonly type: 'message'; readonly message: ClientMessage }
  /** A subscription that is well formed as a frame and asks for what there isn't: refused, and the socket stays. */
  | { readonly type: 'refused'; readonly id: string; readonly code: ErrorCode; readonly message: string }
  /** Not a frame of this protocol: the socket closes. */
  | { readonly type: 'malformed'; readonly message: string }

const SubscribeEnvelope = z.looseObject({
  type: z.literal('subscribe'),
  id: z.string().min(1).max(64),
  view: z.looseObject({ type: z.string() }),
})

export function parseClientFrame(data: Buffer, binary: boolean): ParsedFrame {
  if (binary) return malformed('frames are text')
  if (data.length > limits.inboundFrameBytes)
    return malformed(`a frame holds at most ${limits.inboundFrameBytes} bytes`)
  let json: unknown
  try {
    json = JSON.parse(data.toString('utf8'))
  } catch {
    return malformed('not JSON')
  }
  const parsed = ClientMessage.safeParse(json)
  if (parsed.success) return { type: 'message', message: parsed.data }
  return refusedView(json) ?? malformed(z.prettifyError(parsed.error).slice(0, 500))
}

function refusedView(json: unknown): ParsedFrame | null {
  const envelope = SubscribeEnvelope.safeParse(json)
  if (!envelope.success) return null
  const { id, view } = envelope.data
  const parsed = View.safeParse(view)
  if (parsed.success) return null
  const known = View.options.some((option) => option.shape.type.value === view.type)
  return {
    type: 'refused',
    id,
    code: known ? ErrorCode.badRequest : ErrorCode.viewUnknown,
    message: known ? z.prettifyError(parsed.error).slice(0, 500) : 'there is no such view',
  }
}

function malformed(message: string): ParsedFrame {
  return { type: 'malformed', message }
}
