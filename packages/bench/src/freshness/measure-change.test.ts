import { describe, expect, it, vi } from 'vitest'
import { Sightings } from '../observers/sightings.ts'
import { type Lookout, measureChange, PATIENCE_MS } from './measure-change.ts'

function lookout(name: string, isWaitedFor: boolean): Lookout {
  return { name, sightings: new Sightings(), key: 'q', isThere: (value) => value >= 500, isWaitedFor }
}

describe('measureChange', () => {
  it('counts from the broker’s word, goes on with who is waited for, and tells of the others later', async () => {
    vi.useFakeTimers({ now: 10_000 })
    const [fast, slow] = [lookout('fast', true), lookout('slow', false)]
    const made = await measureChange([fast, slow], async () => {
      queueMicrotask(() => queueMicrotask(() => fast.sightings.see('q', 500, 10_300)))
    })
    slow.sightings.see('q', 499, 12_000)
    slow.sightings.see('q', 1_000, 14_000)
    expect(await made.latencies).toEqual({ fast: 300, slow: 4_000 })
    vi.useRealTimers()
  })

  it('takes what was seen before the broker’s word as seen at once, and what wasn’t seen as unknown', async () => {
    vi.useFakeTimers({ now: 10_000 })
    const [early, never] = [lookout('early', true), lookout('never', false)]
    const { latencies } = await measureChange([early, never], async () =>
      early.sightings.see('q', 500, 9_990),
    )
    vi.advanceTimersByTime(PATIENCE_MS)
    expect(await latencies).toEqual({ early: 0, never: null })
    vi.useRealTimers()
  })
})
