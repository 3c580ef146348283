import { describe, expect, it } from 'vitest'
import { lagOf, movedPartitions, totalsOf, undoOf } from './reset-plan.ts'

const back = { partition: 0, from: '500', to: '100', readAgain: 400, skipped: 0 }
const ahead = { partition: 1, from: '10', to: '30', readAgain: 0, skipped: 20 }
const still = { partition: 2, from: '7', to: '7', readAgain: 0, skipped: 0 }
const fresh = { partition: 3, from: null, to: '90', readAgain: 0, skipped: 0 }
const all = [back, ahead, still, fresh]

describe('totalsOf', () => {
  it('counts what moves, what is read again and what is passed over', () => {
    expect(totalsOf(all)).toEqual({ moved: 3, unmoved: 1, first: 1, readAgain: 400, skipped: 20 })
    expect(movedPartitions(all).map(({ partition }) => partition)).toEqual([0, 1, 3])
  })

  it('is nothing where every commit stands there already', () => {
    expect(totalsOf([still])).toEqual({ moved: 0, unmoved: 1, first: 0, readAgain: 0, skipped: 0 })
  })
})

describe('lagOf', () => {
  const log = (partition: number, logEndOffset: string | null, lag: number | null) => ({
    ...{ topic: 'a', partition, logEndOffset, lag },
  })

  it('says the lag of the topic now and afterwards, and of no other', () => {
    const logs = [log(0, '600', 100), log(1, '40', 30), log(2, '7', 0), log(3, '100', null)]
    expect(lagOf('a', all, [...logs, { ...log(0, '9999', 9_999), topic: 'b' }])).toEqual({
      now: 130,
      afterwards: 500 + 10 + 0 + 10,
    })
  })

  it('leaves unknown what one partition does not tell', () => {
    expect(lagOf('a', [back, ahead], [log(0, '600', 100)])).toEqual({ now: null, afterwards: null })
    expect(lagOf('a', [fresh], [log(3, '100', null)])).toEqual({ now: 0, afterwards: 10 })
  })
})

describe('undoOf', () => {
  it('puts back what was there and leaves out what was not', () => {
    const before = [
      { partition: 0, offset: '500' },
      { partition: 3, offset: null },
    ]
    expect(undoOf(before)).toEqual({ offsets: [{ partition: 0, offset: '500' }], leftOut: 1 })
  })
})
