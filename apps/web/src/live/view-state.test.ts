import type { RabbitmqQueueRow, ServerMessageOf } from '@weir/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointsOf } from './series.ts'
import { delta, queueRow, snapshot, source } from './testing/frames.ts'
import {
  type Applied,
  applyDelta,
  applyHistory,
  applySnapshot,
  applyStale,
  emptyView,
  type ViewState,
} from './view-state.ts'

const nobody: ReadonlySet<string> = new Set()
const id = 's1'

function rowsOf(state: ViewState): ReadonlyMap<string, unknown> {
  if (state.held?.data.shape !== 'table') throw new Error('no rows')
  return state.held.data.rows
}

function follow(applied: Applied | null): Applied {
  if (applied === null) throw new Error('the delta did not follow')
  return applied
}

const queues = emptyView('rabbitmq.queues')

describe('applySnapshot', () => {
  it('keeps the reference of rows that are what they were', () => {
    const first = applySnapshot(
      queues,
      snapshot({ id, observedAt: 1_000, data: [queueRow('a'), queueRow('b')] }),
      nobody,
    )
    const again = applySnapshot(
      first.state,
      snapshot({
        id,
        seq: 7,
        observedAt: 2_000,
        data: [queueRow('a'), queueRow('b', { messages: 3 }), queueRow('c')],
      }),
      nobody,
    )
    expect(rowsOf(again.state).get('%2F/a')).toBe(rowsOf(first.state).get('%2F/a'))
    expect(again.changed).toEqual(['%2F/b', '%2F/c'])
  })

  it('tells the keys that are gone', () => {
    const first = applySnapshot(queues, snapshot({ id, observedAt: 1_000, data: [queueRow('a')] }), nobody)
    const again = applySnapshot(first.state, snapshot({ id, observedAt: 2_000 }), nobody)
    expect(again.changed).toEqual(['%2F/a'])
    expect(rowsOf(again.state).size).toBe(0)
  })

  it('leaves out a row that cannot be read and keeps the others', () => {
    const bad = { ...queueRow('bad'), messages: 'many' }
    const { state, bad: told } = applySnapshot(
      queues,
      snapshot({ id, observedAt: 1_000, data: [queueRow('a'), bad] }),
      nobody,
    )
    expect([...rowsOf(state).keys()]).toEqual(['%2F/a'])
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('messages')
  })

  it('is stale when its primary source is, and not for another', () => {
    const failing = source({ stale: { since: 500, code: 'BROKER_TIMEOUT' } })
    const other = applySnapshot(
      queues,
      snapshot({ id, observedAt: 1_000, sources: { totals: source(), stats: failing } }),
      nobody,
    )
    expect(other.state.stale).toBeNull()
    const own = applySnapshot(
      queues,
      snapshot({ id, observedAt: 1_000, sources: { totals: failing } }),
      nobody,
    )
    expect(own.state.stale).toEqual({ since: 500, code: 'BROKER_TIMEOUT' })
  })
})

describe('applyDelta', () => {
  const { state } = applySnapshot(
    queues,
    snapshot({ id, observedAt: 1_000, data: [queueRow('a'), queueRow('b')] }),
    nobody,
  )

  it.each([
    ['a missing one', { seq: 3 }],
    ['one told again', { seq: 1 }],
    ['another epoch', { seq: 2, epoch: 'e2' }],
  ])('does not follow after %s', (_, fields) => {
    expect(applyDelta(state, delta({ id, observedAt: 2_000, ...fields }), nobody)).toBeNull()
  })

  it('leaves everything but the age alone on a tick without change', () => {
    const { state: next, changed } = follow(
      applyDelta(state, delta({ id, seq: 2, observedAt: 2_000 }), nobody),
    )
    expect(rowsOf(next)).toBe(rowsOf(state))
    expect(changed).toEqual([])
    expect(next.held?.observedAt).toBe(2_000)
    expect(next.held?.sources.totals?.observedAt).toBe(2_000)
  })

  it('sets whole rows and removes others', () => {
    const set = [queueRow('b', { messages: 9 }), queueRow('c')]
    const { state: next, changed } = follow(
      applyDelta(state, delta({ id, seq: 2, observedAt: 2_000, set, remove: ['%2F/a'] }), nobody),
    )
    expect([...rowsOf(next).keys()]).toEqual(['%2F/b', '%2F/c'])
    expect(rowsOf(next).get('%2F/b')).toMatchObject({ messages: 9 })
    expect(changed).toEqual(['%2F/b', '%2F/c', '%2F/a'])
  })

  it('takes away a row whose new values cannot be read', () => {
    const set = [{ ...queueRow('a'), trend: 'sideways' }]
    const { state: next, bad } = follow(
      applyDelta(state, delta({ id, seq: 2, observedAt: 2_000, set }), nobody),
    )
    expect(rowsOf(next).has('%2F/a')).toBe(false)
    expect(bad).toHaveLength(1)
  })

  it('is live again with the first reading that its source no longer calls stale', () => {
    const stale = applyStale(state, { type: 'stale', id, since: 1_500, code: 'BROKER_UNREACHABLE' })
    expect(stale.stale).toEqual({ since: 1_500, code: 'BROKER_UNREACHABLE' })
    const still = {
      totals: source({ observedAt: 1_000, stale: { since: 1_500, code: 'BROKER_UNREACHABLE' as const } }),
    }
    const told = follow(
      applyDelta(stale, delta({ id, seq: 2, observedAt: 1_000, sources: still }), nobody),
    ).state
    expect(told.stale).toEqual({ since: 1_500, code: 'BROKER_UNREACHABLE' })
    const back = { totals: source({ observedAt: 9_000 }) }
    const live = follow(
      applyDelta(told, delta({ id, seq: 3, observedAt: 9_000, sources: back }), nobody),
    ).state
    expect(live.stale).toBeNull()
  })
})

describe('points', () => {
  const a = '%2F/a'
  const focused = new Set([a])
  const at = (
    seq: number,
    observedAt: number,
    messages: number,
    fields: Partial<ServerMessageOf<'delta'>> = {},
  ) => delta({ id, seq, observedAt, set: [queueRow('a', { messages })], ...fields })
  const { state: first } = applySnapshot(
    queues,
    snapshot({ id, observedAt: 1_000, data: [queueRow('a', { messages: 1 }), queueRow('b')] }),
    focused,
  )

  it('come from each frame, changed or not, for the focused rows alone', () => {
    const second = follow(applyDelta(first, at(2, 2_000, 2), focused)).state
    const third = follow(applyDelta(second, delta({ id, seq: 3, observedAt: 3_000 }), focused)).state
    expect(pointsOf(third.series, 'messages', a)).toEqual([
      [1_000, 1],
      [2_000, 2],
      [3_000, 2],
    ])
    expect([...third.series.keys()]).toEqual([a])
  })

  it('outlive an epoch, with a gap between', () => {
    const next = applySnapshot(
      first,
      snapshot({ id, epoch: 'e2', observedAt: 2_000, data: [queueRow('a', { messages: 5 })] }),
      focused,
    ).state
    expect(pointsOf(next.series, 'messages', a)).toEqual([
      [1_000, 1],
      [1_001, null],
      [2_000, 5],
    ])
  })

  it('have their gap at the end of the old epoch even when the history of the new one came first', () => {
    const points: [number, number][] = [
      [1_500, 2],
      [2_000, 3],
    ]
    const told = applyHistory(first, { type: 'history', id, series: [{ field: 'messages', key: a, points }] })
    const next = applySnapshot(
      told,
      snapshot({ id, epoch: 'e2', observedAt: 2_000, data: [queueRow('a', { messages: 3 })] }),
      focused,
    ).state
    expect(pointsOf(next.series, 'messages', a)).toEqual([
      [1_000, 1],
      [1_001, null],
      [1_500, 2],
      [2_000, 3],
    ])
  })

  it('join a history that is coarser than they are', () => {
    const points: [number, number][] = [
      [70_000, 1],
      [85_000, 2],
    ]
    const told = applyHistory(queues, {
      type: 'history',
      id,
      series: [{ field: 'messages', key: a, points }],
    })
    const row = queueRow('a', { messages: 3 })
    const shown = applySnapshot(told, snapshot({ id, observedAt: 97_000, data: [row] }), focused).state
    expect(pointsOf(shown.series, 'messages', a)).toEqual([...points, [97_000, 3]])
    const next = follow(applyDelta(shown, delta({ id, seq: 2, observedAt: 107_000 }), focused)).state
    expect(pointsOf(next.series, 'messages', a)).toEqual([
      ...points,
      [97_000, 3],
      [97_001, null],
      [107_000, 3],
    ])
  })

  it('stop while stale, and begin anew after a gap', () => {
    const stale = applyStale(first, { type: 'stale', id, since: 1_500, code: 'BROKER_TIMEOUT' })
    expect(pointsOf(stale.series, 'messages', a)).toEqual([
      [1_000, 1],
      [1_001, null],
    ])
    const back = follow(applyDelta(stale, at(2, 2_500, 4), focused)).state
    expect(pointsOf(back.series, 'messages', a).at(-1)).toEqual([2_500, 4])
  })

  it('break where more than three cadences passed', () => {
    const next = follow(applyDelta(first, at(2, 4_001, 2), focused)).state
    expect(pointsOf(next.series, 'messages', a)).toContainEqual([1_001, null])
  })

  it('are kept for every row of a summary, focused or not', () => {
    const row = {
      key: 'i1',
      instanceId: 'i1',
      clusterId: 'c1',
      kind: 'kafka',
      name: 'events',
      state: 'live',
      code: null,
      since: null,
      version: null,
      objects: 3,
      backlog: 12,
      inPerSecond: 1.5,
      outPerSecond: null,
      consumers: 2,
      oldestAgeMs: null,
      trend: 'steady',
      drainMs: null,
    }
    const { state } = applySnapshot(
      emptyView('tenant'),
      snapshot({
        id,
        observedAt: 1_000,
        primary: null,
        sources: { i1: source({ observedAt: 1_000 }) },
        data: [row],
      }),
      nobody,
    )
    expect(pointsOf(state.series, 'backlog', 'i1')).toEqual([[1_000, 12]])
    expect(pointsOf(state.series, 'inPerSecond', 'i1')).toEqual([[1_000, 1.5]])
  })
})

/** The server's table, and what it would send for each change of it. */
class ServerTable {
  readonly rows = new Map<string, RabbitmqQueueRow>()
  seq = 0

  snapshot() {
    return snapshot({ id, seq: this.seq, observedAt: this.seq * 1_000, data: [...this.rows.values()] })
  }

  change(sets: readonly RabbitmqQueueRow[], removes: readonly string[]) {
    this.seq += 1
    const remove = removes.filter((key) => this.rows.delete(key))
    for (const row of sets) this.rows.set(row.key, row)
    return delta({
      id,
      seq: this.seq,
      observedAt: this.seq * 1_000,
      ...(sets.length > 0 && { set: [...sets] }),
      ...(remove.length > 0 && { remove: remove.filter((key) => !this.rows.has(key)) }),
    })
  }
}

describe('any sequence of deltas', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const row = fc
    .record({ name, messages: fc.option(fc.nat()) })
    .map((one) => queueRow(one.name, { messages: one.messages }))
  const step = fc.record({
    sets: fc.uniqueArray(row, { selector: (one) => one.key, maxLength: 4 }),
    removes: fc.array(
      name.map((one) => `%2F/${one}`),
      { maxLength: 3 },
    ),
    isResync: fc.boolean(),
  })

  it('comes to what the server would send as a snapshot', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const server = new ServerTable()
        let { state } = applySnapshot(queues, server.snapshot(), nobody)
        for (const { sets, removes, isResync } of steps) {
          const told = server.change(sets, removes)
          state = isResync
            ? applySnapshot(state, server.snapshot(), nobody).state
            : follow(applyDelta(state, told, nobody)).state
        }
        expect(Object.fromEntries(rowsOf(state))).toEqual(Object.fromEntries(server.rows))
        expect(state.held?.seq).toBe(server.seq)
      }),
    )
  })
})
