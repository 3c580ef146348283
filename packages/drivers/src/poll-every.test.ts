import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Demand, Reading, Wanted } from './driver.ts'
import { BrokerTimeoutError } from './errors.ts'
import { pollEvery } from './poll-every.ts'
import { createDemand, fixedDemand } from './testing/fixed-demand.ts'

interface Sleep {
  dueAt: number
  wake(): void
}

/** Time that passes only when a test or a sleep says so. */
const clock = vi.hoisted(() => ({ now: 0, sleeps: new Set<Sleep>() }))

vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, _value: undefined, { signal }: { signal: AbortSignal }) =>
    new Promise<void>((resolve, reject) => {
      const sleep = { dueAt: clock.now + ms, wake: resolve }
      clock.sleeps.add(sleep)
      signal.addEventListener('abort', () => {
        clock.sleeps.delete(sleep)
        reject(signal.reason)
      })
    }),
}))

beforeEach(() => {
  clock.now = 0
  clock.sleeps.clear()
  vi.spyOn(performance, 'now').mockImplementation(() => clock.now)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('pollEvery', () => {
  it('counts the cadence from start to start', async () => {
    const poll = start(fixedDemand({ cadenceMs: 100 }), { tookMs: 8 })
    for (let index = 0; index < 4; index += 1) await poll.readThrough()
    expect(poll.starts).toEqual([0, 100, 200, 300])
  })

  it('stretches the cadence of slow reads until they take a tenth of the time', async () => {
    const poll = start(fixedDemand({ cadenceMs: 100 }), { tookMs: 50 })
    for (let index = 0; index < 3; index += 1) await poll.readThrough()
    expect(poll.starts).toEqual([0, 500, 1_000])
  })

  it.each<[string, Partial<Wanted>]>([
    ['a faster cadence', { cadenceMs: 500 }],
    ['one more row', { keys: ['a', 'b'] }],
    ['another row', { keys: ['b'] }],
    ['one more share', { scopes: ['home', 'office'] }],
    ['the whole cluster', { scopes: null }],
  ])('reads at once for %s', async (_what, more) => {
    const demand = createDemand({ cadenceMs: 1_000, keys: ['a'], scopes: ['home'] })
    const poll = start(demand)
    await poll.readThrough()
    const next = poll.next()
    await settled()
    clock.now = 300
    demand.set(more)
    await next
    expect(poll.starts).toEqual([0, 300])
    expect(poll.wanted.at(-1)).toEqual(demand.current())
  })

  it.each<[string, Partial<Wanted>, number]>([
    ['the same', {}, 1_000],
    ['a slower cadence', { cadenceMs: 2_000 }, 2_000],
    ['fewer rows', { keys: [] }, 1_000],
    ['fewer shares', { scopes: ['home'] }, 1_000],
  ])('waits its time for %s', async (_what, less, dueAt) => {
    const demand = createDemand({ cadenceMs: 1_000, keys: ['a'], scopes: ['home', 'office'] })
    const poll = start(demand)
    await poll.readThrough()
    void poll.next()
    await settled()
    clock.now = 300
    demand.set(less)
    await settled()
    expect(poll.starts).toEqual([0])
    expect([...clock.sleeps].map((sleep) => sleep.dueAt)).toEqual([dueAt])
  })

  it('reads at once what is no longer good enough, also where slow reads have stretched the cadence', async () => {
    const demand = createDemand({ cadenceMs: 100 })
    const poll = start(demand, { tookMs: 50 })
    await poll.readThrough()
    const next = poll.next()
    await settled()
    clock.now += 20
    demand.set({ cadenceMs: 100, revision: 1 })
    await next
    expect(poll.starts).toEqual([0, 70])
  })

  it('keeps to a tenth of the time even when more is asked for', async () => {
    const demand = createDemand({ cadenceMs: 10_000 })
    const poll = start(demand, { tookMs: 50 })
    await poll.readThrough()
    const next = poll.next()
    await settled()
    demand.set({ cadenceMs: 100 })
    await settled()
    expect([...clock.sleeps].map((sleep) => sleep.dueAt)).toEqual([500])
    wakeAll()
    await next
    expect(poll.starts).toEqual([0, 500])
  })

  it('never has two reads under way', async () => {
    let underWay = 0
    let most = 0
    const read = async () => {
      underWay += 1
      most = Math.max(most, underWay)
      await settled()
      underWay -= 1
      return reading()
    }
    const poll = pollEvery(fixedDemand({ cadenceMs: 0 }), new AbortController().signal, read)
    await Promise.all([poll.next(), poll.next(), poll.next()])
    expect(most).toBe(1)
  })

  it('ends when aborted between reads, and listens to the demand no longer', async () => {
    let listeners = 0
    const demand: Demand = {
      current: () => ({ cadenceMs: 1_000, keys: [], scopes: null }),
      onChange() {
        listeners += 1
        return () => {
          listeners -= 1
        }
      },
    }
    const poll = start(demand)
    await poll.readThrough()
    const next = poll.next()
    await settled()
    expect(listeners).toBe(1)
    poll.stop.abort()
    expect(await next).toMatchObject({ done: true })
    expect(listeners).toBe(0)
  })

  it('ends without an error when a read fails because of the abort, and passes other errors on', async () => {
    const stop = new AbortController()
    const aborted = pollEvery(fixedDemand(), stop.signal, async () => {
      stop.abort()
      throw stop.signal.reason
    })
    expect(await aborted.next()).toMatchObject({ done: true })

    const error = new BrokerTimeoutError('no answer')
    const failing = pollEvery(fixedDemand(), new AbortController().signal, async () => {
      throw error
    })
    await expect(failing.next()).rejects.toBe(error)
  })
})

/** A poll whose reads take `tookMs` of the clock's time. */
function start(demand: Demand, { tookMs = 0 } = {}) {
  const stop = new AbortController()
  const starts: number[] = []
  const wanted: Wanted[] = []
  const poll = pollEvery(demand, stop.signal, async (now) => {
    starts.push(clock.now)
    wanted.push(now)
    clock.now += tookMs
    return reading()
  })
  return {
    stop,
    starts,
    wanted,
    next: () => poll.next(),
    /** The next reading, every sleep before it slept through. */
    async readThrough() {
      const next = poll.next()
      await settled()
      wakeAll()
      await next
    },
  }
}

function wakeAll(): void {
  for (const sleep of clock.sleeps) {
    clock.now = Math.max(clock.now, sleep.dueAt)
    clock.sleeps.delete(sleep)
    sleep.wake()
  }
}

/** Once everything that can go on without time passing has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function reading(): Reading<null> {
  return { data: null, observedAt: 0, completeness: { complete: true }, cost: { requests: 1, durationMs: 0 } }
}
