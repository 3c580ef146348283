import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesText,
  countText,
  formatAge,
  formatAxis,
  formatCount,
  formatDateTime,
  formatDuration,
  formatExact,
  formatMinute,
  formatPercent,
  formatRate,
  formatSigned,
  formatSince,
  formatSpan,
  formatTime,
  rateText,
} from './format.ts'

/** The page writes no-break spaces; here a plain one reads better. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('counts', () => {
  it.each([
    [null, '–'],
    [0, '0'],
    [7, '7'],
    [9_412, '9,412'],
    [9_999, '9,999'],
    [10_000, '10.0 k'],
    [18_480, '18.5 k'],
    [99_960, '100 k'],
    [284_310, '284 k'],
    [999_499, '999 k'],
    [999_500, '1.00 M'],
    [1_284_310, '1.28 M'],
    [9_996_000, '10.0 M'],
    [2_100_000_000, '2.10 G'],
    [-18_480, '-18.5 k'],
  ])('%s reads %s', (value, text) => {
    expect(plain(countText(value))).toBe(text)
  })

  it('has digits and unit apart for the unit slot', () => {
    expect(formatCount(18_480)).toEqual({ digits: '18.5', unit: 'k' })
    expect(formatCount(412)).toEqual({ digits: '412', unit: '' })
    expect(formatCount(null)).toEqual({ digits: '–', unit: '' })
  })

  it('joins digits and unit by a space that does not break', () => {
    expect(countText(18_480)).toBe('18.5\u00a0k')
  })

  it('is exact where it matters', () => {
    expect(formatExact(1_284_310)).toBe('1,284,310')
    expect(formatExact(null)).toBe('–')
    expect([212, -40, 0, null].map(formatSigned)).toEqual(['+212', '−40', '0', '–'])
  })

  it('is never off by more than half of its last digit, and never longer than five characters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_000_000_000 }), (value) => {
        const { digits, unit } = formatCount(value)
        const factor = { '': 1, k: 1e3, M: 1e6, G: 1e9 }[unit] ?? Number.NaN
        const read = Number(digits.replaceAll(',', '')) * factor
        const decimals = digits.split('.')[1]?.length ?? 0
        expect(Math.abs(read - value)).toBeLessThanOrEqual((factor / 10 ** decimals) * 0.500001)
        expect(digits.length).toBeLessThanOrEqual(5)
      }),
    )
  })
})

describe('rates', () => {
  it.each([
    [null, '–'],
    [0, '0 /s'],
    [0.04, '<0.1 /s'],
    [0.05, '0.1 /s'],
    [7.46, '7.5 /s'],
    [9.94, '9.9 /s'],
    [9.96, '10 /s'],
    [940, '940 /s'],
    [8_048.4, '8,048 /s'],
    [9_999.7, '10.0 k/s'],
    [18_480, '18.5 k/s'],
  ])('%s reads %s', (value, text) => {
    expect(plain(rateText(value))).toBe(text)
  })

  it('has digits and unit apart', () => {
    expect(formatRate(18_480)).toEqual({ digits: '18.5', unit: 'k' })
  })
})

describe('bytes', () => {
  it.each([
    [null, '–'],
    [0, '0 B'],
    [512, '512 B'],
    [1_024, '1.00 KiB'],
    [1_010 * 1_024, '1,010 KiB'],
    [1_023.6 * 1_024, '1.00 MiB'],
    [64 * 2 ** 20, '64.0 MiB'],
    [1.283 * 2 ** 30, '1.28 GiB'],
  ])('%s reads %s', (value, text) => {
    expect(plain(bytesText(value))).toBe(text)
  })
})

describe('percent', () => {
  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.042, '4.2 %'],
    [0.0996, '10 %'],
    [0.714, '71 %'],
    [0.999, '99 %'],
    [1, '100 %'],
    [1.2, '120 %'],
  ])('%s reads %s', (value, text) => {
    expect(plain(formatPercent(value))).toBe(text)
  })
})

describe('axis', () => {
  it.each([
    [0, '0'],
    [0.5, '0.5'],
    [500, '500'],
    [1_500, '1,500'],
    [10_000, '10 k'],
    [12_500, '12.5 k'],
    [20_000_000, '20 M'],
    [100_000, '100 k'],
  ])('%s reads %s', (value, text) => {
    expect(plain(formatAxis(value))).toBe(text)
  })
})

const s = 1_000
const m = 60 * s
const h = 60 * m
const d = 24 * h

describe('durations', () => {
  it.each([
    [null, '–'],
    [0, '0 s'],
    [20, '0.1 s'],
    [300, '0.3 s'],
    [999, '0.9 s'],
    [41 * s, '41 s'],
    [59_999, '59 s'],
    [2 * m + 10 * s, '2 m 10 s'],
    [17 * m, '17 m 0 s'],
    [h + 41 * m + 59 * s, '1 h 41 m'],
    [12 * d + 3 * h, '12 d 3 h'],
    [2_000 * d, '2,000 d 0 h'],
  ])('%s ms moving reads %s', (ms, text) => {
    expect(plain(formatDuration(ms))).toBe(text)
  })

  it.each([
    [null, '–'],
    [0, '0 s'],
    [250, '250 ms'],
    [7 * d, '7 d'],
    [h, '1 h'],
    [h + 30 * m, '1 h 30 m'],
    [10 * m, '10 m'],
    [30 * s, '30 s'],
  ])('%s ms standing still reads %s', (ms, text) => {
    expect(plain(formatSpan(ms))).toBe(text)
  })

  it.each([
    [null, '–'],
    [-5, '0.0 s'],
    [312, '0.3 s'],
    [1_840, '1.8 s'],
    [9_940, '9.9 s'],
    [9_999, '9.9 s'],
    [10_000, '10 s'],
    [130 * s, '2 m 10 s'],
  ])('an age of %s ms reads %s', (ms, text) => {
    expect(plain(formatAge(ms))).toBe(text)
  })
})

describe('times', () => {
  const at = Date.UTC(2026, 10, 22, 14, 32, 7)

  it('are shown in UTC when asked', () => {
    expect(formatTime(at, 'utc')).toBe('14:32:07')
    expect(formatMinute(at, 'utc')).toBe('14:32')
    expect(formatDateTime(at, 'utc')).toBe('2026-11-22 14:32:07')
    expect(formatTime(Date.UTC(2026, 0, 1), 'utc')).toBe('00:00:00')
  })

  it("are shown in the reader's own zone otherwise", () => {
    const local = new Date(at)
    const two = (part: number) => String(part).padStart(2, '0')
    expect(formatTime(at)).toBe(
      `${two(local.getHours())}:${two(local.getMinutes())}:${two(local.getSeconds())}`,
    )
  })

  it('have their date when it is not of today', () => {
    expect(formatSince(at, at + h, 'utc')).toBe('14:32:07')
    expect(formatSince(at, at + d, 'utc')).toBe('2026-11-22 14:32:07')
  })

  it('are unknown when unknown', () => {
    expect([formatTime(null), formatMinute(null), formatDateTime(null), formatSince(null, at)]).toEqual([
      '–',
      '–',
      '–',
      '–',
    ])
  })
})
