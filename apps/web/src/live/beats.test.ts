import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BEATS_SHOWN, beatsAt, noBeats, noteBeat, worstBeats } from './beats.ts'

const CADENCE = 1_000

/** Readings at these times, each here at once. */
function after(...times: number[]) {
  return times.reduce((beats, at) => noteBeat(beats, at, at, CADENCE), noBeats)
}

describe('beats', () => {
  it('are on time within one and a half cadences', () => {
    expect(after(0, 1_000, 2_400).marks).toEqual(['on-time', 'on-time', 'on-time'])
  })

  it('are late up to two', () => {
    expect(after(0, 2_000).marks).toEqual(['on-time', 'late'])
  })

  it('are missing beyond, one for each', () => {
    expect(after(0, 2_001).marks).toEqual(['on-time', 'missing', 'on-time'])
    expect(after(0, 4_000).marks).toEqual(['on-time', 'missing', 'missing', 'on-time'])
  })

  it('are late when they were long on the way', () => {
    expect(noteBeat(after(0), 1_000, 2_600, CADENCE).marks).toEqual(['on-time', 'late'])
  })

  it('do not miss what nobody was watching for', () => {
    const first = noteBeat(noBeats, 0, 9_000, CADENCE)
    expect(first.marks).toEqual([])
    expect(noteBeat(first, 9_300, 9_300, CADENCE).marks).toEqual(['on-time'])
    expect(beatsAt(first, 11_500)).toEqual(['missing', 'missing'])
  })

  it('do not blame a new rhythm for the old one', () => {
    const idle = noteBeat(noBeats, 0, 5_000, 15_000)
    const watched = noteBeat(idle, 5_200, 5_200, CADENCE)
    expect(watched.marks).toEqual(['on-time', 'on-time'])
    expect(noteBeat(watched, 8_200, 8_200, CADENCE).marks.at(-2)).toBe('missing')
  })

  it('count a reading once, however often it is told', () => {
    expect(after(0, 1_000, 1_000, 500)).toEqual(after(0, 1_000))
  })

  it('miss what has not come by now', () => {
    expect(beatsAt(after(0), 2_000)).toEqual(['on-time'])
    expect(beatsAt(after(0), 3_500)).toEqual(['on-time', 'missing', 'missing'])
    expect(beatsAt(noBeats, 60_000)).toEqual([])
  })

  it('are fifteen at most, the newest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60_000 })),
        fc.nat({ max: 100_000 }),
        (gaps, silence) => {
          let at = 0
          const times = gaps.map((gap) => {
            at += gap
            return at
          })
          const shown = beatsAt(after(...times), at + silence)
          expect(shown.length).toBeLessThanOrEqual(BEATS_SHOWN)
          if (silence > 2 * CADENCE && times.length > 0) expect(shown.at(-1)).toBe('missing')
        },
      ),
    )
  })

  it('of several views are the worst of each moment, the newest together', () => {
    expect(worstBeats([['on-time', 'late', 'on-time'], ['missing', 'on-time'], []])).toEqual([
      'on-time',
      'missing',
      'on-time',
    ])
    expect(worstBeats([])).toEqual([])
  })
})
