import type { SourceState, ViewType } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { noBeats, noteBeat } from './beats.ts'
import type { LiveState } from './live-state.ts'
import { type PulseView, pulseOf } from './pulse.ts'
import { source } from './testing/frames.ts'

const NOW = 100_000
const open = { state: 'open' } as const

function live(
  observedAt: number,
  sources: Record<string, SourceState>,
  primary: string | null,
): LiveState<ViewType> {
  const base = { epoch: 'e', seq: 1, changedKeys: new Set<string>(), series: new Map(), rows: new Map() }
  return { status: 'live', snapshot: { ...base, observedAt, sources, primary } }
}

const seen = (shown: LiveState<ViewType>): PulseView => ({ shown, beats: noBeats })

describe('pulseOf', () => {
  it('is as old as the oldest view, by the source that each goes by', () => {
    const queues = live(
      NOW - 400,
      { totals: source({ observedAt: NOW - 400 }), stats: source({ observedAt: NOW - 4_000 }) },
      'totals',
    )
    const groups = live(NOW - 900, { offsets: source({ observedAt: NOW - 900 }) }, 'offsets')
    expect(pulseOf(open, [seen(queues), seen(groups)], NOW)).toMatchObject({
      state: 'live',
      ageMs: 900,
      cadenceMs: 1_000,
    })
  })

  it('leaves slower views to themselves while there is a quick one', () => {
    const queues = live(NOW - 400, { totals: source({ observedAt: NOW - 400 }) }, 'totals')
    const slow = live(NOW - 1_900, { sys: source({ observedAt: NOW - 1_900, cadenceMs: 2_000 }) }, 'sys')
    expect(pulseOf(open, [seen(queues), seen(slow)], NOW).ageMs).toBe(400)
    expect(pulseOf(open, [seen(slow)], NOW)).toMatchObject({ ageMs: 1_900, cadenceMs: 2_000, isLate: false })
  })

  it('takes the oldest of the instances of a summary, but not those that say themselves that they are stale', () => {
    const tenant = live(
      NOW - 100,
      {
        a: source({ observedAt: NOW - 100 }),
        b: source({ observedAt: NOW - 700 }),
        c: source({ observedAt: NOW - 60_000, stale: { since: 1, code: 'BROKER_UNREACHABLE' } }),
        d: source({ observedAt: null }),
      },
      null,
    )
    expect(pulseOf(open, [seen(tenant)], NOW)).toMatchObject({ state: 'live', ageMs: 700 })
  })

  it('is late past twice the cadence', () => {
    const at = (ageMs: number) =>
      pulseOf(open, [seen(live(NOW - ageMs, { totals: source({ observedAt: NOW - ageMs }) }, 'totals'))], NOW)
        .isLate
    expect([at(2_000), at(2_001)]).toEqual([false, true])
  })

  it('is stale since the first of its views is', () => {
    const stale = (since: number): LiveState<ViewType> => ({
      status: 'stale',
      snapshot: null,
      since,
      code: 'BROKER_TIMEOUT',
    })
    expect(pulseOf(open, [seen(stale(90)), seen(stale(70))], NOW)).toMatchObject({
      state: 'stale',
      since: 70,
      code: 'BROKER_TIMEOUT',
      ageMs: null,
    })
  })

  it('waits while nothing has come, and lives on a page without views', () => {
    expect(pulseOf(open, [seen({ status: 'connecting' })], NOW).state).toBe('connecting')
    expect(pulseOf(open, [], NOW)).toMatchObject({ state: 'live', ageMs: null, beats: [] })
  })

  it.each([
    [{ state: 'connecting' }, { state: 'connecting' }],
    [
      { state: 'reconnecting', since: 5, nextTryAt: 9 },
      { state: 'reconnecting', since: 5, nextTryAt: 9 },
    ],
    [
      { state: 'paused', since: 5, by: 'user' },
      { state: 'paused', since: 5 },
    ],
    [
      { state: 'closed', code: 4401 },
      { state: 'closed', closeCode: 4401 },
    ],
  ] as const)('tells the socket first: %o', (connection, expected) => {
    expect(pulseOf(connection, [], NOW)).toMatchObject(expected)
  })

  it('draws the readings of the quickest views', () => {
    const beats = [0, 1_000, 3_000].reduce(
      (all, at) => noteBeat(all, NOW - 3_000 + at, NOW - 3_000 + at, 1_000),
      noBeats,
    )
    const slow = noteBeat(noBeats, NOW - 50_000, NOW - 50_000, 5_000)
    const shown = { status: 'connecting' } as const
    expect(
      pulseOf(
        open,
        [
          { shown, beats },
          { shown, beats: slow },
        ],
        NOW,
      ).beats,
    ).toEqual(['on-time', 'on-time', 'late'])
  })
})
