import type { Point } from '@weir/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendPoint, breakAfter, MAX_POINTS, mergeHistory, type Points } from './series.ts'

const GAP_MS = 3_000

describe('appendPoint', () => {
  it('adds to the end and leaves the old array alone', () => {
    const before: Points = [[1_000, 5]]
    expect(appendPoint(before, 2_000, 6, GAP_MS)).toEqual([
      [1_000, 5],
      [2_000, 6],
    ])
    expect(before).toEqual([[1_000, 5]])
  })

  it('puts a gap where more than three cadences passed, and none where exactly three did', () => {
    expect(appendPoint([[1_000, 5]], 4_001, 6, GAP_MS)).toEqual([
      [1_000, 5],
      [1_001, null],
      [4_001, 6],
    ])
    expect(appendPoint([[1_000, 5]], 4_000, 6, GAP_MS)).toHaveLength(2)
  })

  it('keeps one point of two frames of the same reading', () => {
    expect(appendPoint([[1_000, 5]], 1_000, 7, GAP_MS)).toEqual([[1_000, 7]])
  })

  it('drops what lies in the future of a clock that was set back', () => {
    const before: Points = [
      [1_000, 1],
      [9_000, 2],
      [10_000, 3],
    ]
    expect(appendPoint(before, 2_000, 4, GAP_MS)).toEqual([
      [1_000, 1],
      [2_000, 4],
    ])
  })

  it('writes one gap for a value that stays unknown', () => {
    const once = appendPoint([[1_000, 5]], 2_000, null, GAP_MS)
    expect(once).toEqual([
      [1_000, 5],
      [2_000, null],
    ])
    expect(appendPoint(once, 3_000, null, GAP_MS)).toBe(once)
    expect(appendPoint([], 1_000, null, GAP_MS)).toEqual([])
  })

  it('holds fifteen minutes at 1 Hz and no more', () => {
    let points: Points = []
    for (let at = 1; at <= MAX_POINTS + 100; at += 1) points = appendPoint(points, at * 1_000, at, GAP_MS)
    expect(points).toHaveLength(MAX_POINTS)
    expect(points[0]).toEqual([101_000, 101])
    expect(points.at(-1)).toEqual([1_000_000, 1_000])
  })
})

describe('breakAfter', () => {
  it('ends a line', () => {
    expect(breakAfter([[1_000, 5]], Number.POSITIVE_INFINITY)).toEqual([
      [1_000, 5],
      [1_001, null],
    ])
  })

  it('breaks a line in the middle, once', () => {
    const line: Points = [
      [1_000, 5],
      [2_000, 6],
    ]
    const broken = breakAfter(line, 1_000)
    expect(broken).toEqual([
      [1_000, 5],
      [1_001, null],
      [2_000, 6],
    ])
    expect(breakAfter(broken, 1_000)).toBe(broken)
    expect(breakAfter(broken, 1_001)).toBe(broken)
  })

  it('makes no gap before the first point', () => {
    expect(breakAfter([[1_000, 5]], 500)).toEqual([[1_000, 5]])
    expect(breakAfter([], 500)).toEqual([])
  })
})

describe('mergeHistory', () => {
  it('closes a gap that we saw where the server went on reading', () => {
    const ours: Points = [
      [1_000, 1],
      [1_001, null],
      [5_000, 5],
    ]
    const theirs: Points = [
      [1_000, 1],
      [2_000, 2],
      [3_000, 3],
      [4_000, 4],
      [5_000, 5],
    ]
    expect(mergeHistory(ours, theirs, GAP_MS)).toEqual(theirs)
  })

  it('keeps our older points, and the gap before a history that began later', () => {
    const ours: Points = [
      [1_000, 1],
      [2_000, 2],
    ]
    expect(mergeHistory(ours, [[60_000, 9]], GAP_MS)).toEqual([
      [1_000, 1],
      [2_000, 2],
      [2_001, null],
      [60_000, 9],
    ])
  })

  it('keeps our newer points', () => {
    expect(mergeHistory([[3_000, 3]], [[2_000, 2]], GAP_MS)).toEqual([
      [2_000, 2],
      [3_000, 3],
    ])
  })

  it("keeps each second of ours between the server's quarters of a minute", () => {
    const ours: Points = [
      [20_000, 2],
      [21_000, 3],
      [22_000, 4],
    ]
    const theirs: Points = [
      [14_999, 1],
      [22_000, 4],
      [29_999, 5],
    ]
    expect(mergeHistory(ours, theirs, 45_000)).toEqual([
      [14_999, 1],
      [20_000, 2],
      [21_000, 3],
      [22_000, 4],
      [29_999, 5],
    ])
  })

  it('keeps a gap of ours in which the server read nothing either', () => {
    const ours: Points = [
      [20_000, 2],
      [20_001, null],
      [27_000, 4],
    ]
    const theirs: Points = [
      [14_999, 1],
      [29_999, 5],
    ]
    expect(mergeHistory(ours, theirs, 45_000)).toContainEqual([20_001, null])
  })

  it("keeps the server's own gaps", () => {
    const theirs: Points = [
      [1_000, 1],
      [1_500, null],
      [2_000, 2],
    ]
    expect(mergeHistory([[1_000, 1]], theirs, GAP_MS)).toEqual(theirs)
  })

  it('leaves the line alone when the server has nothing', () => {
    const ours: Points = [[1_000, 1]]
    expect(mergeHistory(ours, [], GAP_MS)).toBe(ours)
  })
})

const value = fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: null })
const line = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 100_000 }), value), {
    selector: ([at]) => at,
    maxLength: 50,
  })
  .map((points): Points => points.toSorted((a: Point, b: Point) => a[0] - b[0]))

describe('any line', () => {
  it('stays in order of time, whatever is added or laid over it', () => {
    fc.assert(
      fc.property(line, line, fc.integer({ min: 0, max: 120_000 }), value, (ours, theirs, at, next) => {
        const all = appendPoint(mergeHistory(breakAfter(ours, at), theirs, GAP_MS), at, next, GAP_MS)
        return all.every((point, index) => index === 0 || (all[index - 1]?.[0] ?? 0) < point[0])
      }),
    )
  })
})
