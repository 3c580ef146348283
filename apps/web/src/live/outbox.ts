import { ClientMessage, limits } from '@weir/contract'
import type { Clock, TimerId } from './clock.ts'

/**
 * Under half of the server's limit, so that a page that comes back with many views isn't closed for it: its seconds
 * are not ours, and the end of one of ours and the beginning of the next may fall into one of its.
 */
const FRAMES_PER_SECOND = Math.floor(limits.framesPerSecond * 0.45)

export interface Outbox {
  /** In order, and checked: a frame that the server would close the socket for is a bug here, and is not sent. */
  send(message: ClientMessage): void
  close(): void
}

/** Sends frames of one socket, never more of them in a second than the server takes. */
export function createOutbox(sendText: (text: string) => void, clock: Clock): Outbox {
  const waiting: string[] = []
  let sentInWindow = 0
  let windowEnds: TimerId | null = null

  function drain(): void {
    while (waiting.length > 0 && sentInWindow < FRAMES_PER_SECOND) {
      const text = waiting.shift()
      if (text === undefined) return
      sendText(text)
      sentInWindow += 1
      windowEnds ??= clock.setTimeout(nextWindow, 1_000)
    }
  }

  function nextWindow(): void {
    windowEnds = null
    sentInWindow = 0
    drain()
  }

  return {
    send(message) {
      const text = encode(message)
      if (text === null) return
      waiting.push(text)
      drain()
    },
    close() {
      waiting.length = 0
      if (windowEnds !== null) clock.clearTimeout(windowEnds)
    },
  }
}

function encode(message: ClientMessage): string | null {
  const checked = ClientMessage.safeParse(message)
  if (!checked.success) {
    console.error(`live: ${message.type} is not of the contract and was not sent`, checked.error.issues)
    return null
  }
  return JSON.stringify(checked.data)
}
