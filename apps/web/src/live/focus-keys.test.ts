import { ClientMessage, limits } from '@weir/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { focusKeys } from './focus-keys.ts'

describe('focusKeys', () => {
  it('takes the first hundred, each once', () => {
    const wanted = Array.from({ length: 300 }, (_, index) => `q${index}`)
    expect(focusKeys(['q0', ...wanted])).toEqual(wanted.slice(0, 100))
  })

  it('passes over a key that is too long for the contract', () => {
    expect(focusKeys(['k'.repeat(1_025), 'a', 'k'.repeat(1_024)])).toEqual(['a', 'k'.repeat(1_024)])
  })

  it('never makes a frame that the contract or its size forbids', () => {
    const key = fc.string({ unit: 'binary', maxLength: 1_200 })
    fc.assert(
      fc.property(fc.array(key, { maxLength: 150 }), (wanted) => {
        const frame = { type: 'focus', id: 's'.repeat(64), keys: [...focusKeys(wanted)] }
        expect(ClientMessage.safeParse(frame).success).toBe(true)
        const bytes = new TextEncoder().encode(JSON.stringify(frame)).length
        expect(bytes).toBeLessThanOrEqual(limits.inboundFrameBytes)
      }),
      { numRuns: 30 },
    )
  })
})
