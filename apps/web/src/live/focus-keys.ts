import { limits } from '@weir/contract'

const LONGEST_KEY = 1_024
/** Of the frame's 16 KB, with room for its other words. */
const KEYS_BYTES = limits.inboundFrameBytes - 256

/**
 * As many of the keys as one `focus` frame can hold, in their order: the server closes the socket for a frame that is
 * too large, and a key of 255 bytes can be over a kilobyte once it is percent-encoded.
 */
export function focusKeys(wanted: Iterable<string>): readonly string[] {
  const keys: string[] = []
  let bytes = 0
  for (const key of new Set(wanted)) {
    if (keys.length === limits.focusKeys) break
    if (key.length > LONGEST_KEY) continue
    bytes += byteLength(JSON.stringify(key)) + 1
    if (bytes > KEYS_BYTES) break
    keys.push(key)
  }
  return keys
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
