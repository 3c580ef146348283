import type { Point } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { SPARKLINE_WINDOW_MS, sparklinePaths } from './sparkline-path.ts'

const UNTIL = 1_800_000_000_000
const frame = { width: 112, height: 20, staleSince: null }
const minutesAgo = (minutes: number) => UNTIL - minutes * 60_000
const every15s = (from: number, to: number, value: (i: number) => number | null): Point[] =>
  Array.from({ length: Math.floor((to - from) / 15_000) }, (_, i) => [from + i * 15_000, value(i)])

const strokes = (path: string) => path.split('M').filter((part) => part !== '')

describe('sparklinePaths', () => {
  it('draws nothing for nothing', () => {
    expect(sparklinePaths([], UNTIL, frame)).toEqual({ areas: '', lines: '', staleFrom: null })
  })

  it('has at most 40 corners', () => {
    const points = every15s(UNTIL - SPARKLINE_WINDOW_MS, UNTIL, (i) => i % 7)
    const { lines } = sparklinePaths(points, UNTIL, frame)
    expect(lines.split(' ').length / 2).toBeLessThanOrEqual(40)
    expect(strokes(lines)).toHaveLength(1)
  })

  it('leaves a gap where readings were missing', () => {
    const points = [
      ...every15s(minutesAgo(14), minutesAgo(9), () => 5),
      [minutesAgo(9), null] as Point,
      ...every15s(minutesAgo(5), UNTIL, () => 5),
    ]
    expect(strokes(sparklinePaths(points, UNTIL, frame).lines)).toHaveLength(2)
  })

  it('stands on the ground for zero and reaches the top for its own maximum', () => {
    const points = every15s(minutesAgo(14), UNTIL, (i) => (i < 20 ? 0 : 80))
    const heights = [...sparklinePaths(points, UNTIL, frame).lines.matchAll(/[\d.]+ ([\d.]+)/g)].map(
      ([, y]) => Number(y),
    )
    expect(Math.max(...heights)).toBe(19)
    expect(Math.min(...heights)).toBe(2)
  })

  it('hatches from where it went stale to the right edge', () => {
    const { staleFrom } = sparklinePaths([], UNTIL, { ...frame, staleSince: minutesAgo(5) })
    expect(staleFrom).toBeCloseTo((112 * 10) / 15, 0)
  })
})
