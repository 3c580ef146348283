import type { ResetTo } from '@weir/contract'

export const resetTypes = [
  'earliest',
  'latest',
  'time',
  'offset',
  'shift',
] as const satisfies ResetTo['type'][]

/** What is chosen and written in the form, right or not yet. */
export interface ResetChoice {
  readonly type: ResetTo['type']
  /** As a `datetime-local` field has it, in the reader's own zone: `2026-11-22T13:40:00`. */
  readonly time: string
  readonly offset: string
  readonly shift: string
}

export type ReadChoice =
  | { readonly to: ResetTo }
  /** Nothing written yet is no mistake. */
  | { readonly mistake: 'time' | 'offset' | 'shift' | null }

export function readChoice({ type, time, offset, shift }: ResetChoice): ReadChoice {
  switch (type) {
    case 'earliest':
    case 'latest':
      return { to: { type } }
    case 'time': {
      const at = new Date(time).getTime()
      if (Number.isNaN(at) || at < 0) return { mistake: time === '' ? null : 'time' }
      return { to: { type, at } }
    }
    case 'offset': {
      const digits = withoutGrouping(offset)
      if (!/^\d+$/.test(digits)) return { mistake: digits === '' ? null : 'offset' }
      return { to: { type, offset: digits } }
    }
    case 'shift': {
      const digits = withoutGrouping(shift).replace('−', '-')
      const by = Number(digits)
      if (!/^[+-]?\d+$/.test(digits) || !Number.isSafeInteger(by)) {
        return { mistake: /^[+-]?$/.test(digits) ? null : 'shift' }
      }
      return { to: { type, by } }
    }
    default:
      return type satisfies never
  }
}

/** `48,112,520` is how the page itself writes it. */
function withoutGrouping(text: string): string {
  return text.replaceAll(/[\s,]/g, '')
}

/** Epoch ms as a `datetime-local` field wants it. */
export function fieldTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19)
}
