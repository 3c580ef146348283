import { CloseCode } from '@weir/contract'

/** What follows a closed socket. */
export type AfterClose = 'retry' | 'stop' | 'reload'

/** What the server's library says to a frame of over a megabyte. */
const MESSAGE_TOO_BIG = 1009

/**
 * Only a page that can't become right by itself gives up: one that speaks nonsense (4400, 1009), or one that isn't let
 * in (4401), which needs a sign-in or a new token. Everything else passes, codes that nobody wrote down included.
 */
export function afterClose(code: number): AfterClose {
  switch (code) {
    case MESSAGE_TOO_BIG:
    case CloseCode.badMessage:
    case CloseCode.unauthorized:
      return 'stop'
    case CloseCode.protocolVersion:
      return 'reload'
    default:
      return 'retry'
  }
}

const FIRST_WINDOW_MS = 500
const LAST_WINDOW_MS = 30_000

/**
 * How long to wait before the next try, in ms. `attempt` counts the tries that failed since the last healthy minute,
 * from 0; `random` is in [0, 1).
 *
 * Full jitter: anywhere in a window that doubles from 0.5 s to 30 s, so that ten thousand pages don't come back
 * together. A server that announced its restart (1012) is expected back at once; one that is full (4429) is left
 * alone for a while.
 */
export function reconnectDelayMs(code: number, attempt: number, random: number): number {
  if (code === CloseCode.restart) return within(200, 2_000, random)
  const window = Math.min(LAST_WINDOW_MS, FIRST_WINDOW_MS * 2 ** Math.min(attempt, 16))
  if (code === CloseCode.tooMany) return within(5_000, Math.max(10_000, window), random)
  return within(0, window, random)
}

function within(fromMs: number, toMs: number, random: number): number {
  return Math.round(fromMs + (toMs - fromMs) * random)
}
