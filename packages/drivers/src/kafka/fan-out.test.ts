import { describe, expect, it } from 'vitest'
import { BrokerTimeoutError, BrokerUnreachableError } from '../errors.ts'
import { noteOn } from './completeness.ts'
import { FanOut, failureOf } from './fan-out.ts'

const answers = async () => 5
const fails = async () => {
  throw new BrokerUnreachableError('down')
}
const hangs = () => new Promise<number>(() => {})

/** What each broker does; changed between rounds. */
function brokers(doing: Record<number, () => Promise<number>>) {
  const started: number[] = []
  return {
    started,
    job: (id: number) => {
      started.push(id)
      return doing[id]?.() ?? answers()
    },
  }
}

describe('FanOut', () => {
  it('answers for all when all answer, with the slowest one’s time', async () => {
    const { job } = brokers({ 2: async () => 40 })
    const round = await new FanOut().round([1, 2, 3], job)
    expect([...round.outcomes.values()]).toEqual(['answered', 'answered', 'answered'])
    expect(round.busyMs).toBe(40)
    expect(failureOf(round)).toBeNull()
    expect(noteOn(round)).toEqual([])
  })

  it('starts nothing more on a broker that is still at it, and waits for it no longer', async () => {
    const fanOut = new FanOut()
    const { job, started } = brokers({ 2: hangs })
    const first = await fanOut.round([1, 2], job)
    expect(first.outcomes.get(2)).toBe('late')
    expect(noteOn(first)).toEqual(['broker 2 is slow to answer'])
    const before = performance.now()
    const second = await fanOut.round([1, 2], job)
    expect(performance.now() - before).toBeLessThan(100)
    expect(second.outcomes.get(1)).toBe('answered')
    expect(started).toEqual([1, 2, 1])
  })

  it("doesn't wait for a broker that failed, tries it each round, and takes its answer when it is back", async () => {
    const fanOut = new FanOut()
    const doing: Record<number, () => Promise<number>> = { 2: fails }
    const { job } = brokers(doing)
    const first = await fanOut.round([1, 2], job)
    expect(first.outcomes.get(2)).toBeInstanceOf(BrokerUnreachableError)
    expect(noteOn(first)).toEqual(['broker 2 cannot be reached'])
    let recovered = () => {}
    doing[2] = () =>
      new Promise((resolve) => {
        recovered = () => resolve(1)
      })
    const before = performance.now()
    expect((await fanOut.round([1, 2], job)).outcomes.get(2)).toBeInstanceOf(BrokerUnreachableError)
    expect(performance.now() - before).toBeLessThan(100)
    recovered()
    doing[2] = answers
    await new Promise(setImmediate)
    expect((await fanOut.round([1, 2], job)).outcomes.get(2)).toBe('answered')
  })

  it('fails as a whole only when nobody answers, and then says what is worst', async () => {
    const timesOut = async () => {
      throw new BrokerTimeoutError('hangs')
    }
    const round = await new FanOut().round([1, 2], brokers({ 1: fails, 2: timesOut }).job)
    expect(failureOf(round)).toBeInstanceOf(BrokerTimeoutError)
    expect(failureOf(await new FanOut().round([1, 2], brokers({ 1: fails }).job))).toBeNull()
    expect(failureOf(await new FanOut().round([], answers))).toBeNull()
  })

  it('waits past its patience while nobody has answered yet', async () => {
    const fanOut = new FanOut()
    const doing: Record<number, () => Promise<number>> = { 1: fails }
    await fanOut.round([1], brokers(doing).job)
    let recovered = () => {}
    doing[1] = () =>
      new Promise((resolve) => {
        recovered = () => resolve(1)
      })
    const round = fanOut.round([1], brokers(doing).job)
    setImmediate(() => recovered())
    expect((await round).outcomes.get(1)).toBe('answered')
  })
})
