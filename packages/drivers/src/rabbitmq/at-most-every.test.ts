import { describe, expect, it } from 'vitest'
import type { Reading } from '../driver.ts'
import { BrokerTimeoutError } from '../errors.ts'
import { fixedDemand } from '../testing/fixed-demand.ts'
import { type LastReading, pollAtMostEvery } from './at-most-every.ts'

describe('pollAtMostEvery', () => {
  const unaborted = () => new AbortController().signal

  it('tells a new watch the last reading instead of asking again', async () => {
    const memory: { last: LastReading<number> | null } = { last: null }
    let asked = 0
    const first = async () => {
      const watch = pollAtMostEvery(
        60_000,
        memory,
        fixedDemand(),
        unaborted(),
        () => 'all',
        async () => {
          asked += 1
          return reading(asked)
        },
      )
      return (await watch[Symbol.asyncIterator]().next()).value
    }
    expect(await first()).toMatchObject({ data: 1, observedAt: 1, cost: { requests: 1 } })
    expect(await first()).toMatchObject({ data: 1, observedAt: 1, cost: { requests: 0 } })
    expect(asked).toBe(1)
  })

  it('asks again for something else, and after a failure', async () => {
    const memory: { last: LastReading<number> | null } = { last: null }
    const first = (of: string, read: () => Promise<Reading<number>>) =>
      pollAtMostEvery(60_000, memory, fixedDemand(), unaborted(), () => of, read)
        [Symbol.asyncIterator]()
        .next()
    await first('a', async () => reading(1))
    expect((await first('b', async () => reading(2))).value?.data).toBe(2)
    const failing = first('c', async () => {
      throw new BrokerTimeoutError('late')
    })
    await expect(failing).rejects.toMatchObject({ code: 'BROKER_TIMEOUT' })
    expect((await first('b', async () => reading(3))).value?.data).toBe(3)
  })
})

function reading(number: number): Reading<number> {
  return {
    data: number,
    observedAt: number,
    completeness: { complete: true },
    cost: { requests: 1, durationMs: 1 },
  }
}
