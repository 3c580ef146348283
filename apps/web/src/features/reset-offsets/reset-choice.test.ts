import { describe, expect, it } from 'vitest'
import { fieldTime, readChoice } from './reset-choice.ts'

const nothing = { time: '', offset: '', shift: '' }

describe('readChoice', () => {
  it('needs nothing written for the ends of the log', () => {
    expect(readChoice({ ...nothing, type: 'earliest' })).toEqual({ to: { type: 'earliest' } })
    expect(readChoice({ ...nothing, type: 'latest' })).toEqual({ to: { type: 'latest' } })
  })

  it('reads a time of the reader’s own zone, to the second', () => {
    const at = Date.UTC(2026, 10, 22, 13, 40, 5)
    expect(readChoice({ ...nothing, type: 'time', time: fieldTime(at) })).toEqual({
      to: { type: 'time', at },
    })
  })

  it('reads numbers as the page writes them', () => {
    expect(readChoice({ ...nothing, type: 'offset', offset: '48,112,520' })).toEqual({
      to: { type: 'offset', offset: '48112520' },
    })
    expect(readChoice({ ...nothing, type: 'shift', shift: '−1,000' })).toEqual({
      to: { type: 'shift', by: -1000 },
    })
    expect(readChoice({ ...nothing, type: 'shift', shift: '+5' })).toEqual({ to: { type: 'shift', by: 5 } })
  })

  it('tells a mistake from what is not written yet', () => {
    for (const type of ['time', 'offset', 'shift'] as const) {
      expect(readChoice({ ...nothing, type })).toEqual({ mistake: null })
    }
    expect(readChoice({ ...nothing, type: 'shift', shift: '-' })).toEqual({ mistake: null })
    expect(readChoice({ ...nothing, type: 'offset', offset: '-5' })).toEqual({ mistake: 'offset' })
    expect(readChoice({ ...nothing, type: 'shift', shift: '5x' })).toEqual({ mistake: 'shift' })
    expect(readChoice({ ...nothing, type: 'shift', shift: '99999999999999999999' })).toEqual({
      mistake: 'shift',
    })
    expect(readChoice({ ...nothing, type: 'time', time: 'soon' })).toEqual({ mistake: 'time' })
  })
})
