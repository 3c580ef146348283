import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDemand } from '../testing/fixed-demand.ts'
import { News, paceOf } from './news.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** When, in ms from now, each of the next readings is due. */
function paced(cadenceMs: number, leastMs: number) {
  const news = new News()
  const demand = createDemand({ cadenceMs })
  const stop = new AbortController()
  const pace = paceOf(news, demand, leastMs, stop.signal)
  const started = performance.now()
  const due: number[] = []
  let worth = true
  const run = async () => {
    while (!stop.signal.aborted) {
      await pace.next(() => worth)
      due.push(performance.now() - started)
    }
  }
  void run()
  return {
    news,
    demand,
    stop,
    due,
    setWorth: (value: boolean) => {
      worth = value
    },
  }
}

describe('paceOf', () => {
  it('goes by the cadence where there is no news', async () => {
    const { due } = paced(1_000, 250)
    await vi.advanceTimersByTimeAsync(3_500)
    expect(due).toEqual([1_000, 2_000, 3_000])
  })

  it('is woken by news, and gathers what comes too close', async () => {
    const { news, due } = paced(60_000, 250)
    await vi.advanceTimersByTimeAsync(400)
    news.tell()
    await vi.advanceTimersByTimeAsync(10)
    news.tell()
    news.tell()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(due).toEqual([400, 650])
  })

  it('waits past the cadence while the same again would be worth nothing', async () => {
    const { due, setWorth } = paced(1_000, 50)
    setWorth(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(due).toEqual([])
    setWorth(true)
    await vi.advanceTimersByTimeAsync(100)
    expect(due).toHaveLength(1)
  })

  it('goes by a demand that asks for more from then on', async () => {
    const { demand, due } = paced(60_000, 50)
    await vi.advanceTimersByTimeAsync(5_000)
    demand.set({ cadenceMs: 500 })
    await vi.advanceTimersByTimeAsync(600)
    expect(due).toEqual([5_000, 5_500])
  })

  it('ends at once when it is aborted', async () => {
    const { stop, due } = paced(60_000, 50)
    await vi.advanceTimersByTimeAsync(5_000)
    stop.abort()
    await vi.advanceTimersByTimeAsync(0)
    expect(due).toEqual([5_000])
  })
})

describe('News', () => {
  it('is waited for until it makes it so', async () => {
    const news = new News()
    let count = 0
    const waiting = news.until(() => count === 2, new AbortController().signal)
    const over = vi.fn()
    void waiting.then(over)
    for (const _ of [1, 2]) {
      expect(over).not.toHaveBeenCalled()
      count += 1
      news.tell()
      await Promise.resolve()
    }
    await waiting
  })

  it('is not waited for past an abort', async () => {
    const stop = new AbortController()
    const waiting = new News().until(() => false, stop.signal)
    stop.abort()
    await waiting
  })
})
