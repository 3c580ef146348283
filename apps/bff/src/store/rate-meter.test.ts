import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RateMeter } from './rate-meter.ts'

it('is unknown after one sample', () => {
  const meter = new RateMeter()
  meter.observe('k', 100, 1_000)
  expect(meter.rate('k')).toBeNull()
})

it('is what the counter grew by, per second', () => {
  const meter = new RateMeter()
  meter.observe('k', 100, 1_000)
  meter.observe('k', 350, 3_500)
  expect(meter.rate('k')).toBe(100)
})

it('is unknown after a reset, and never negative', () => {
  const meter = new RateMeter()
  meter.observe('k', 9_000, 1_000)
  meter.observe('k', 10, 2_000)
  expect(meter.rate('k')).toBeNull()
  meter.observe('k', 30, 3_000)
  expect(meter.rate('k')).toBe(20)
})

it('draws nothing across a gap: what came meanwhile is no spike', () => {
  const meter = new RateMeter()
  meter.observe('k', 0, 0)
  meter.observe('k', 1_000_000, 120_000)
  expect(meter.rate('k')).toBeNull()
})

it('forgets rows that are gone', () => {
  const meter = new RateMeter()
  for (const at of [0, 1_000]) for (const key of ['a 1', 'a 2', 'b 1']) meter.observe(key, at, at)
  meter.prune('a ', new Set(['a 1']))
  expect([meter.rate('a 1'), meter.rate('a 2'), meter.rate('b 1')]).toEqual([1_000, null, 1_000])
})

it('is never negative and never above the steepest step, whatever comes', () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 500, max: 20_000 }),
    grows: fc.integer({ min: -50, max: 5_000 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const meter = new RateMeter()
      let [at, counter, steepest] = [0, 100, 0]
      meter.observe('k', counter, at)
      for (const { afterMs, grows } of steps) {
        at += afterMs
        counter = Math.max(0, counter + grows)
        steepest = Math.max(steepest, (grows * 1000) / afterMs)
        meter.observe('k', counter, at)
        const rate = meter.rate('k')
        if (rate !== null && (rate < 0 || rate > steepest * 1.001)) return false
      }
      return true
    }),
  )
})
