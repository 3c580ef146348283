import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { BrokerTimeoutError } from '../errors.ts'
import { MarkerWatch } from './marker-watch.ts'
import type { NextRecord } from './record-time.ts'
import { keyOf, type Place } from './record-times.ts'

const commit = (committedOffset: bigint, partition = 0) => ({ topic: 'payments', partition, committedOffset })

/** Ends by partition, what a fetch finds at any place, and which places were asked for. */
function scripted(ends: bigint[], next: NonNullable<NextRecord> | null | Error) {
  const asked: Place[] = []
  const found = { next }
  const watch = new MarkerWatch(
    { endOf: (_topic, partition) => ends[partition] ?? null },
    {
      keepOnly: () => {},
      async at(places) {
        asked.push(...places)
        if (found.next instanceof Error) throw found.next
        const { next } = found
        return new Map(next ? places.map((place) => [keyOf(place), next]) : [])
      },
    },
  )
  const look = async (...commits: ReturnType<typeof commit>[]) => {
    await watch.look([commits])
    vi.advanceTimersByTime(5_000)
  }
  return { watch, look, asked, ends, found }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

it('looks once at a commit that stands short of an end that stands, and tells what follows it', async () => {
  const { watch, look, asked } = scripted([11n], { markersTo: 11n })
  await look(commit(10n))
  expect(asked).toEqual([])
  expect(watch.told(commit(10n))).toEqual(commit(10n))
  await look(commit(10n))
  await look(commit(10n))
  expect(asked).toHaveLength(1)
  expect(watch.told(commit(10n))).toEqual({ ...commit(10n), markersTo: 11n })
  expect(watch.told(commit(9n))).toEqual(commit(9n))
})

it('looks again when the end has moved, and forgets when the commit has', async () => {
  const { watch, look, asked, ends, found } = scripted([11n], { markersTo: 11n })
  await look(commit(10n))
  await look(commit(10n))
  ends[0] = 13n
  found.next = { at: 1_000 }
  await look(commit(10n))
  // Until it has looked, the markers that were there still are.
  expect(watch.told(commit(10n)).markersTo).toBe(11n)
  await look(commit(10n))
  expect(asked).toHaveLength(2)
  expect(watch.told(commit(10n)).markersTo).toBeUndefined()
  await look(commit(13n))
  expect(watch.told(commit(10n)).markersTo).toBeUndefined()
})

it('leaves alone what moves, what has caught up and what is far behind', async () => {
  const { look, asked } = scripted([100n, 50n, 1_000n], { markersTo: 100n })
  for (let offset = 90n; offset < 95n; offset++) {
    await look(commit(offset), commit(50n, 1), commit(10n, 2))
  }
  expect(asked).toEqual([])
})

it('asks no more where it may not read, and again where no broker answered', async () => {
  const denied = scripted([11n], null)
  for (let i = 0; i < 4; i++) await denied.look(commit(10n))
  expect(denied.asked).toHaveLength(1)
  const frozen = scripted([11n], new BrokerTimeoutError('hangs'))
  for (let i = 0; i < 4; i++) await frozen.look(commit(10n))
  expect(frozen.asked).toHaveLength(3)
})

it('asks for one place of a partition at a time, and for the other after', async () => {
  const { look, asked } = scripted([11n], { markersTo: 11n })
  for (let i = 0; i < 3; i++) await look(commit(10n), commit(9n))
  expect(asked.map(({ offset }) => offset).sort()).toEqual([10n, 9n].sort())
})
