import type { RabbitmqQueue } from '@weir/contract'

/** What stands in the way of a purge; `ready` null: the broker doesn't tell how many are ready just now. */
export type PurgePlan =
  | { readonly possible: false; readonly why: 'stream' | 'nothingReady' }
  | { readonly possible: true; readonly ready: number | null }

export function purgePlan({ type, messagesReady }: Pick<RabbitmqQueue, 'type' | 'messagesReady'>): PurgePlan {
  if (type === 'stream') return { possible: false, why: 'stream' }
  if (messagesReady === 0) return { possible: false, why: 'nothingReady' }
  return { possible: true, ready: messagesReady }
}

/** Whether the name was typed, which a purge asks for because nothing brings the messages back. */
export function isNamed(typed: string, name: string): boolean {
  return typed === name || (typed.trim() === name.trim() && name.trim() !== '')
}
