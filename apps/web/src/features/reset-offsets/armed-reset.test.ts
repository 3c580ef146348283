import { describe, expect, it } from 'vitest'
import { type ArmedEvent, type ArmedReset, idle, isOtherwise, nextArmed, WAIT_MS } from './armed-reset.ts'

const wish = { topic: 'a', to: { type: 'earliest' } } as const
const partitions = [{ partition: 0, from: '500', to: '100', readAgain: 400, skipped: 0 }]
const begin = (members: number): ArmedEvent => ({ type: 'begin', wish, partitions, members, now: 1_000 })
const run = (...events: ArmedEvent[]): ArmedReset => events.reduce(nextArmed, idle)

describe('nextArmed', () => {
  it('resets an empty group at once', () => {
    expect(run(begin(0))).toMatchObject({
      ...{ state: 'resetting', promised: { readAgain: 400 } },
      seen: partitions,
    })
  })

  it('waits while there are members and resets when the last one leaves', () => {
    expect(run(begin(3))).toMatchObject({ state: 'waiting', members: 3, until: 1_000 + WAIT_MS })
    expect(run(begin(3), { type: 'members', members: 1 })).toMatchObject({ state: 'waiting', members: 1 })
    expect(run(begin(3), { type: 'members', members: 0 })).toMatchObject({ state: 'resetting', seen: null })
  })

  it('gives up when the time is over, and not a moment before', () => {
    expect(run(begin(3), { type: 'tick', now: 999 + WAIT_MS }).state).toBe('waiting')
    expect(run(begin(3), { type: 'tick', now: 1_000 + WAIT_MS })).toMatchObject({
      state: 'expired',
      members: 3,
    })
  })

  it('can be called off while it waits; what is being made cannot', () => {
    expect(run(begin(3), { type: 'callOff' }).state).toBe('calledOff')
    expect(run(begin(0), { type: 'callOff' }).state).toBe('resetting')
    expect(run(begin(3), { type: 'callOff' }, { type: 'members', members: 0 }).state).toBe('calledOff')
  })

  it('waits on where a member joins between the look and the commit, until the same end', () => {
    const again = run(begin(3), { type: 'members', members: 0 }, { type: 'joined', members: 2 })
    expect(again).toMatchObject({ state: 'waiting', members: 2, until: 1_000 + WAIT_MS })
  })

  it('keeps what was promised beside what was made', () => {
    const made = [{ partition: 0, from: '520', to: '100', readAgain: 420, skipped: 0 }]
    const done = run(begin(3), { type: 'members', members: 0 }, { type: 'made', partitions: made })
    expect(done).toMatchObject({ state: 'done', promised: { readAgain: 400 }, made: { readAgain: 420 } })
    if (done.state === 'done') expect(isOtherwise(done.promised, done.made)).toBe(true)
  })

  it('begins anew after an end, and not while it is on its way', () => {
    expect(run(begin(0), { type: 'failed' }, begin(2)).state).toBe('waiting')
    expect(run(begin(2), begin(0)).state).toBe('waiting')
    expect(run(begin(2), { type: 'forget' }).state).toBe('waiting')
    expect(run(begin(0), { type: 'failed' }, { type: 'forget' })).toBe(idle)
  })
})
