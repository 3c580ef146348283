import type { Point } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { CHART_WINDOW_MS, type ChartSeries, chartRows, figuresOf, tableRows } from './chart-series.ts'

const UNTIL = 1_800_000_000_000
const secondsAgo = (seconds: number) => UNTIL - seconds * 1_000

function series(id: string, points: readonly Point[], more: Partial<ChartSeries> = {}): ChartSeries {
  return { id, name: id, color: '--s-backlog', form: 'area', points, ...more }
}

describe('chartRows', () => {
  it('has at most 300 moments however many points there are', () => {
    const points = Array.from({ length: 900 }, (_, i): Point => [UNTIL - CHART_WINDOW_MS + i * 1_000, i])
    const rows = chartRows([series('messages', points)], UNTIL)
    expect(rows.length).toBeLessThanOrEqual(301)
    expect(rows.at(-1)?.values.messages).toBe(899)
  })

  it('leaves out what is older than the window', () => {
    const rows = chartRows(
      [
        series('messages', [
          [secondsAgo(3_600), 5],
          [secondsAgo(10), 7],
        ]),
      ],
      UNTIL,
    )
    expect(rows.map((row) => row.values.messages)).toEqual([7])
  })

  it('keeps a gap as a moment without a value', () => {
    const points: Point[] = [
      [secondsAgo(60), 5],
      [secondsAgo(45), null],
      [secondsAgo(30), 7],
    ]
    expect(chartRows([series('messages', points)], UNTIL).map((row) => row.values.messages)).toEqual([
      5,
      null,
      7,
    ])
  })

  it('draws over a step in which a slow source told nothing', () => {
    const rows = chartRows(
      [
        series('messages', [
          [secondsAgo(60), 5],
          [secondsAgo(45), 6],
        ]),
      ],
      UNTIL,
    )
    expect(rows.map((row) => row.values.messages)).toEqual([5, 6])
  })

  it('puts what goes out below the axis, and a gap of it nowhere', () => {
    const out = series(
      'out',
      [
        [secondsAgo(20), 40],
        [secondsAgo(10), null],
      ],
      { isBelow: true },
    )
    expect(chartRows([out], UNTIL).map((row) => row.values.out)).toEqual([-40, null])
  })
})

describe('figuresOf', () => {
  it('tells the newest, the least and the most', () => {
    const points: Point[] = [
      [secondsAgo(30), 9],
      [secondsAgo(20), 2],
      [secondsAgo(10), 4],
    ]
    expect(figuresOf(series('messages', points), UNTIL)).toEqual({ now: 4, min: 2, max: 9 })
  })

  it('does not take the last known value for the present one', () => {
    const points: Point[] = [
      [secondsAgo(30), 9],
      [secondsAgo(10), null],
    ]
    expect(figuresOf(series('messages', points), UNTIL)).toEqual({ now: null, min: 9, max: 9 })
  })
})

describe('tableRows', () => {
  it('tells the last moment of each half minute, newest first', () => {
    const rows = [0, 10, 20, 40, 50].map((second) => ({
      at: 30_000_000 + second * 1_000,
      values: { m: second },
    }))
    expect(tableRows(rows).map((row) => row.values.m)).toEqual([50, 20])
  })
})
