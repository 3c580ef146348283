import { expect, it } from 'vitest'
import { BacklogHistory } from './backlog-history.ts'

function recorded(values: readonly (number | null)[], everyMs = 1_000): BacklogHistory {
  const history = new BacklogHistory()
  for (const [index, value] of values.entries())
    history.record('q', value, 1_800_000_000_000 + index * everyMs)
  return history
}

const minute = Array.from({ length: 61 }, (_, second) => second)

it('says growing, and how fast', () => {
  const { trend, perSecond, drainMs } = recorded(minute.map((second) => 1_000 + 10 * second)).outlook('q')
  expect({ trend, drainMs }).toEqual({ trend: 'growing', drainMs: null })
  expect(perSecond).toBeCloseTo(10, 0)
})

it('says draining, and until when', () => {
  const { trend, drainMs } = recorded(minute.map((second) => 10_000 - 100 * second)).outlook('q')
  expect(trend).toBe('draining')
  expect((drainMs ?? 0) / 1000).toBeCloseTo(40, -1)
})

it('calls a small change steady', () => {
  expect(recorded(minute.map((second) => 1_000 + (second % 3))).outlook('q').trend).toBe('steady')
})

it('knows nothing of a row it has seen for a few seconds', () => {
  expect(recorded([1, 500, 1_000, 9_000]).outlook('q')).toEqual({
    trend: 'unknown',
    drainMs: null,
    perSecond: null,
  })
})

it('keeps a gap where nothing was read', () => {
  const points = recorded([5, null, null, 7], 15_000).points('q')
  expect(points.map(([, value]) => value)).toEqual([5, null, null, 7])
})

it('keeps 15 minutes', () => {
  const history = recorded(
    Array.from({ length: 200 }, (_, index) => index),
    15_000,
  )
  const points = history.points('q')
  expect(points).toHaveLength(60)
  expect(points.at(-1)?.[1]).toBe(199)
})

it('bounds its memory to 20,000 rows', () => {
  const history = new BacklogHistory()
  for (let row = 0; row < 20_001; row += 1) history.record(`q${row}`, 1, 1_800_000_000_000)
  expect(history.points('q19999')).toHaveLength(1)
  expect(history.points('q20000')).toHaveLength(0)
})
