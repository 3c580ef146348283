import { CloseCode } from '@weir/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterClose, reconnectDelayMs } from './reconnect-policy.ts'

describe('afterClose', () => {
  it.each([
    1000,
    1001,
    1005,
    1006,
    1011,
    CloseCode.restart,
    CloseCode.tooSlow,
    CloseCode.helloTimeout,
    CloseCode.tooMany,
  ])('comes back after %i', (code) => {
    expect(afterClose(code)).toBe('retry')
  })

  it('gives up where only a person can help', () => {
    expect(afterClose(CloseCode.badMessage)).toBe('stop')
    expect(afterClose(1009)).toBe('stop')
    expect(afterClose(CloseCode.unauthorized)).toBe('stop')
  })

  it('reloads the page for another protocol version', () => {
    expect(afterClose(CloseCode.protocolVersion)).toBe('reload')
  })
})

describe('reconnectDelayMs', () => {
  it('doubles the window from half a second to thirty seconds', () => {
    const longest = [0, 1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) => reconnectDelayMs(1006, attempt, 1))
    expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  it('spreads over the whole window', () => {
    expect(reconnectDelayMs(1006, 3, 0)).toBe(0)
    expect(reconnectDelayMs(1006, 3, 0.5)).toBe(2_000)
  })

  it('is back within two seconds of an announced restart, however many there were', () => {
    expect(reconnectDelayMs(CloseCode.restart, 12, 0)).toBe(200)
    expect(reconnectDelayMs(CloseCode.restart, 12, 1)).toBe(2_000)
  })

  it('leaves a full server alone for five seconds at least', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = reconnectDelayMs(CloseCode.tooMany, attempt, random)
        return delay >= 5_000 && delay <= 30_000
      }),
    )
  })
})
