import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from './clock.ts'
import { createObservable } from './observable.ts'
import { createSampled } from './sampled.ts'

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

describe('createSampled', () => {
  it('is computed at its rhythm, while somebody watches and not after', () => {
    const sample = vi.fn(() => Date.now())
    const { get, subscribe } = createSampled(sample, 1_000, systemClock)
    const listener = vi.fn()
    const stop = subscribe(listener)
    vi.advanceTimersByTime(3_500)
    expect(listener).toHaveBeenCalledTimes(3)
    expect(get()).toBe(3_000)
    stop()
    stop()
    sample.mockClear()
    vi.advanceTimersByTime(10_000)
    expect(sample).not.toHaveBeenCalled()
  })

  it('holds still between two ticks, however late the next one is', () => {
    const { get, subscribe } = createSampled(() => Date.now(), 1_000, systemClock)
    subscribe(() => {})
    const first = get()
    vi.setSystemTime(60_000)
    expect(get()).toBe(first)
  })

  it('is not old news to whoever looks without watching', () => {
    const { get } = createSampled(() => ({ at: Date.now() }), 1_000, systemClock)
    const first = get()
    expect(get()).toBe(first)
    vi.setSystemTime(1_000)
    expect(get()).toEqual({ at: 1_000 })
  })

  it('follows at once what it is made of', () => {
    const source = createObservable(1)
    const { get, subscribe } = createSampled(() => source.get() * 2, 1_000, systemClock, [source])
    const listener = vi.fn()
    subscribe(listener)
    source.set(4)
    expect(listener).toHaveBeenCalledTimes(1)
    expect(get()).toBe(8)
  })
})
