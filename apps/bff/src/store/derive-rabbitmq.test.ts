import { COMPLETE, type Completeness } from '@weir/drivers'
import { expect, it } from 'vitest'
import { totals } from '../testing/memory-weir.ts'
import { derive } from './derive-all.ts'
import { queueHistoryKey } from './derive-rabbitmq.ts'
import { ReadingStore } from './reading-store.ts'

/** Which of three queues have a history after a sweep of all and then the given one. */
function remembered(then: Record<string, number>, completeness: Completeness = COMPLETE): string[] {
  const store = new ReadingStore()
  const { backlog } = derive(store)
  const cost = { requests: 1, durationMs: 1 }
  const read = (ready: Record<string, number>, observedAt: number, how: Completeness) =>
    store.put('c', 'rabbitmq.totals', { data: totals(ready), observedAt, completeness: how, cost }, 1_000)
  read({ 'a/kept': 1, 'a/gone': 1, 'ab/other': 1 }, 1_800_000_000_000, COMPLETE)
  read(then, 1_800_000_001_000, completeness)
  return ['a/kept', 'a/gone', 'ab/other'].filter(
    (key) => backlog.points(queueHistoryKey('c', key)).length > 0,
  )
}

it('forgets a queue that is gone from its vhost, and nothing of a vhost that was not read', () => {
  expect(remembered({ 'a/kept': 2 })).toEqual(['a/kept', 'ab/other'])
})

it('forgets nothing by a reading that is not complete', () => {
  expect(remembered({ 'a/kept': 2 }, { complete: false, note: 'one was slow' })).toHaveLength(3)
})
