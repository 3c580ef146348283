import type { ResetPartition, ResetTo } from '@weir/contract'
import { type ResetTotals, totalsOf } from './reset-plan.ts'

/** What was asked for. */
export interface ResetWish {
  readonly topic: string
  readonly to: ResetTo
}

/** A reset on its way: waiting for the group to be empty, being made, or ended one way or another. */
export type ArmedReset =
  | { readonly state: 'idle' }
  | {
      readonly state: 'waiting'
      readonly wish: ResetWish
      /** What the preview said when it was armed. */
      readonly promised: ResetTotals
      readonly members: number
      /** Epoch ms. */
      readonly until: number
    }
  | {
      readonly state: 'resetting'
      readonly wish: ResetWish
      readonly promised: ResetTotals
      readonly until: number
      /** What was on the screen when the button was pressed; null after a wait: it must be asked anew. */
      readonly seen: readonly ResetPartition[] | null
    }
  | {
      readonly state: 'done'
      readonly wish: ResetWish
      readonly promised: ResetTotals
      readonly made: ResetTotals
    }
  | { readonly state: 'expired'; readonly wish: ResetWish; readonly members: number }
  | { readonly state: 'calledOff' }
  | { readonly state: 'failed'; readonly wish: ResetWish }

export type ArmedEvent =
  | {
      readonly type: 'begin'
      readonly wish: ResetWish
      readonly partitions: readonly ResetPartition[]
      readonly members: number
      readonly now: number
    }
  /** The broker told how many members there are. */
  | { readonly type: 'members'; readonly members: number }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'callOff' }
  | { readonly type: 'made'; readonly partitions: readonly ResetPartition[] }
  /** Refused because somebody joined between the look and the commit. */
  | { readonly type: 'joined'; readonly members: number }
  | { readonly type: 'failed' }
  | { readonly type: 'forget' }

/** For so long a reset waits for the last member to leave. */
export const WAIT_MS = 5 * 60_000

export const idle: ArmedReset = { state: 'idle' }

/** Pure: who asks the broker and when is `useArmedReset`'s. What doesn't fit the state leaves it as it is. */
export function nextArmed(armed: ArmedReset, event: ArmedEvent): ArmedReset {
  switch (event.type) {
    case 'begin': {
      const { wish, partitions, members, now } = event
      if (armed.state === 'waiting' || armed.state === 'resetting') return armed
      const base = { wish, promised: totalsOf(partitions), until: now + WAIT_MS }
      return members > 0
        ? { state: 'waiting', ...base, members }
        : { state: 'resetting', ...base, seen: partitions }
    }
    case 'members': {
      if (armed.state !== 'waiting') return armed
      const { members, ...rest } = armed
      if (event.members === 0) return { ...rest, state: 'resetting', seen: null }
      return members === event.members ? armed : { ...armed, members: event.members }
    }
    case 'tick':
      return armed.state === 'waiting' && event.now >= armed.until
        ? { state: 'expired', wish: armed.wish, members: armed.members }
        : armed
    case 'callOff':
      return armed.state === 'waiting' ? { state: 'calledOff' } : armed
    case 'made': {
      if (armed.state !== 'resetting') return armed
      const { wish, promised } = armed
      return { state: 'done', wish, promised, made: totalsOf(event.partitions) }
    }
    case 'joined': {
      if (armed.state !== 'resetting') return armed
      const { wish, promised, until } = armed
      return { state: 'waiting', wish, promised, until, members: event.members }
    }
    case 'failed':
      return armed.state === 'resetting' || armed.state === 'waiting'
        ? { state: 'failed', wish: armed.wish }
        : armed
    case 'forget':
      return armed.state === 'waiting' || armed.state === 'resetting' ? armed : idle
    default:
      return event satisfies never
  }
}

/** Whether what was made isn't what was shown when it was armed: the group read on, or records came. */
export function isOtherwise(promised: ResetTotals, made: ResetTotals): boolean {
  return (
    promised.moved !== made.moved ||
    promised.readAgain !== made.readAgain ||
    promised.skipped !== made.skipped
  )
}
