import { describe, expect, it } from 'vitest'
import { COMPLETE, type Reading } from '../driver.ts'
import { BrokerTimeoutError } from '../errors.ts'
import { createDemand } from '../testing/fixed-demand.ts'
import { waitFor, within } from '../testing/wait-for.ts'
import { LagPoll } from './lag-poll.ts'

function reading<D>(data: D, durationMs = 0): Reading<D> {
  return { data, observedAt: 0, completeness: COMPLETE, cost: { requests: 1, durationMs } }
}

/** A poll whose reads are written down and answer what a test says. */
function scripted() {
  const log: string[] = []
  const fail: { commits?: Error; offsets?: Error } = {}
  let hold: Promise<void> | null = null
  const poll = new LagPoll(
    {
      async read() {
        log.push('commits asked')
        await hold
        if (fail.commits) throw fail.commits
        log.push('commits answered')
        return reading(new Map())
      },
    },
    {
      async read() {
        log.push('ends asked')
        if (fail.offsets) throw fail.offsets
        return reading(new Map())
      },
    },
  )
  return {
    log,
    fail,
    poll,
    holdCommits() {
      const { promise, resolve } = Promise.withResolvers<void>()
      hold = promise
      return () => {
        hold = null
        resolve()
      }
    },
  }
}

const slow = () => createDemand({ cadenceMs: 600_000 })

describe('LagPoll', () => {
  it('asks for end offsets only when every commit is in, and hands both over together', async () => {
    const { log, poll, holdCommits } = scripted()
    const stop = new AbortController()
    const release = holdCommits()
    const commits = poll.watchCommits(slow(), stop.signal)
    const offsets = poll.watchOffsets(slow(), stop.signal)
    const seen: string[] = []
    const both = [
      commits.next().then(() => seen.push('commits')),
      offsets.next().then(() => seen.push('offsets')),
    ]
    await waitFor('the first question', () => log.length > 0)
    expect(log).toEqual(['commits asked'])
    release()
    await within(1_000, 'both readings', Promise.all(both))
    expect(log).toEqual(['commits asked', 'commits answered', 'ends asked'])
    expect(seen).toEqual(['commits', 'offsets'])
    stop.abort()
  })

  it('reads the ends again for newer commits, though only the commits were due', async () => {
    const { log, poll } = scripted()
    const stop = new AbortController()
    const commitsDemand = slow()
    const commits = poll.watchCommits(commitsDemand, stop.signal)
    const offsets = poll.watchOffsets(slow(), stop.signal)
    await Promise.all([commits.next(), offsets.next()])
    const next = [commits.next(), offsets.next()]
    commitsDemand.set({ cadenceMs: 10 })
    await within(1_000, 'both readings', Promise.all(next))
    expect(log.slice(3)).toEqual(['commits asked', 'commits answered', 'ends asked'])
    stop.abort()
  })

  it('reads the ends alone where nobody wants commits', async () => {
    const { log, poll } = scripted()
    const stop = new AbortController()
    await within(1_000, 'a reading', poll.watchOffsets(slow(), stop.signal).next())
    expect(log).toEqual(['ends asked'])
    stop.abort()
  })

  it('fails one source without the other', async () => {
    const { fail, poll } = scripted()
    fail.commits = new BrokerTimeoutError('no coordinator answers')
    const stop = new AbortController()
    const commits = poll.watchCommits(slow(), stop.signal).next()
    const offsets = poll.watchOffsets(slow(), stop.signal).next()
    await expect(commits).rejects.toBe(fail.commits)
    expect((await offsets).done).toBe(false)
    // Watched again, it reads again.
    delete fail.commits
    const again = await within(1_000, 'commits again', poll.watchCommits(slow(), stop.signal).next())
    expect(again.done).toBe(false)
    stop.abort()
  })
})
