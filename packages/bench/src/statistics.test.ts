import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile, summarise } from './statistics.ts'

describe('summarise', () => {
  it('knows nothing of nothing', () => {
    expect(summarise([])).toBeNull()
  })

  it('gives the one measurement as everything', () => {
    expect(summarise([7])).toEqual({ count: 1, median: 7, p90: 7, max: 7 })
  })

  it('doesn’t mind the order, and orders by number', () => {
    expect(summarise([100, 9, 20])).toEqual({ count: 3, median: 20, p90: 84, max: 100 })
  })

  it('lies between the least and the most, in rising order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (samples) => {
        const summary = summarise(samples)
        expect(summary?.max).toBe(Math.max(...samples))
        expect(summary?.median).toBeGreaterThanOrEqual(Math.min(...samples))
        expect(summary?.p90).toBeGreaterThanOrEqual(summary?.median ?? Number.NaN)
        expect(summary?.max).toBeGreaterThanOrEqual(summary?.p90 ?? Number.NaN)
      }),
    )
  })
})

describe('quantile', () => {
  it('interpolates between ranks', () => {
    expect(quantile([10, 20], 0.5)).toBe(15)
    expect(quantile([0, 10, 20, 30, 40], 0.9)).toBe(36)
  })

  it('refuses to make a figure out of nothing', () => {
    expect(() => quantile([], 0.5)).toThrow('nothing')
  })
})
