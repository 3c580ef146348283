import type { ServerMessage } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { LiveTable, seeFamilies, seeFigures } from './live-table.ts'
import { Sightings } from './sightings.ts'

const stream = { id: 'v', epoch: 'e', seq: 1, observedAt: 1 }
const snapshot = (...data: { key: string }[]): ServerMessage => ({
  ...{ type: 'snapshot', ...stream, sources: {}, primary: null, data },
})

describe('seeFigures', () => {
  it('notes what a snapshot and its deltas say, and nothing where nothing is known', () => {
    const sightings = new Sightings()
    const see = seeFigures(new LiveTable(), 'messages', sightings)
    see({ message: snapshot({ key: 'a', messages: 1 } as never, { key: 'b' }), bytes: 0, at: 10 })
    see({ message: { type: 'delta', ...stream, set: [{ key: 'a', messages: 2 }] }, bytes: 0, at: 11 })
    expect(sightings.last('a')).toBe(2)
    expect(sightings.last('b')).toBeUndefined()
  })
})

describe('seeFamilies', () => {
  it('counts the rows of a family as they come and go', () => {
    const sightings = new Sightings()
    const see = seeFamilies(new LiveTable(), sightings)
    see({ message: snapshot({ key: 'r1-0' }, { key: 'r1-1' }, { key: 'other' }), bytes: 0, at: 10 })
    expect(sightings.last('r1')).toBe(2)
    see({ message: { type: 'delta', ...stream, set: [{ key: 'r1-2' }], remove: ['r1-0'] }, bytes: 0, at: 11 })
    expect(sightings.last('r1')).toBe(2)
    see({ message: { type: 'delta', ...stream, remove: ['r1-1', 'r1-2'] }, bytes: 0, at: 12 })
    expect(sightings.last('r1')).toBe(0)
  })
})
