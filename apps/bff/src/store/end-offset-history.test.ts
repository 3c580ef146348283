import type { KafkaCommit, KafkaTopicOffsets } from '@weir/drivers'
import { describe, expect, it } from 'vitest'
import { EndOffsetHistory } from './end-offset-history.ts'

function topics(end: bigint, topicId = 'id'): Map<string, KafkaTopicOffsets> {
  const partitions = [{ partition: 0, logStartOffset: 0n, logEndOffset: end, observedAt: 0 }]
  return new Map([['orders', { topic: 'orders', topicId, partitions }]])
}

function commits(committedOffset: bigint): Map<string, KafkaCommit[]> {
  return new Map([['billing', [{ topic: 'orders', partition: 0, committedOffset }]]])
}

describe('EndOffsetHistory', () => {
  it('follows a partition from when somebody lags in it until nobody does', () => {
    const history = new EndOffsetHistory()
    history.feed('c', commits(5n), topics(5n), 1_000)
    expect(history.lagMs('c', 'id', 0, 5n, 1_000)).toBeNull()
    history.feed('c', commits(5n), topics(8n), 2_000)
    history.feed('c', commits(5n), topics(9n), 5_000)
    expect(history.lagMs('c', 'id', 0, 5n, 6_000)).toBe(4_000)
    expect(history.lagMs('c', 'id', 0, 8n, 6_000)).toBe(1_000)
    expect(history.lagMs('c', 'id', 0, 9n, 6_000)).toBeNull()
    expect(history.lagMs('other', 'id', 0, 5n, 6_000)).toBeNull()
    history.feed('c', commits(9n), topics(9n), 7_000)
    history.feed('c', commits(5n), topics(9n), 8_000)
    expect(history.lagMs('c', 'id', 0, 5n, 8_000)).toBe(0)
  })

  it('starts anew for a topic made anew, and where the end fell', () => {
    const history = new EndOffsetHistory()
    history.feed('c', commits(0n), topics(10n), 1_000)
    history.feed('c', commits(0n), topics(10n, 'anew'), 5_000)
    expect(history.lagMs('c', 'anew', 0, 0n, 6_000)).toBe(1_000)
    expect(history.lagMs('c', 'id', 0, 0n, 6_000)).toBeNull()
    history.feed('c', commits(0n), topics(4n, 'anew'), 7_000)
    expect(history.lagMs('c', 'anew', 0, 0n, 8_000)).toBe(1_000)
  })

  it('keeps at most 900 points of a partition, and says "at least" beyond them', () => {
    const history = new EndOffsetHistory()
    for (let second = 1; second <= 2_000; second++) {
      history.feed('c', commits(0n), topics(BigInt(second)), second * 1_000)
    }
    expect(history.lagMs('c', 'id', 0, 0n, 2_000_000)).toBe(899_000)
    expect(history.lagMs('c', 'id', 0, 1_990n, 2_000_000)).toBe(9_000)
  })

  it('follows a bounded number of partitions', () => {
    const history = new EndOffsetHistory()
    const many = Array.from({ length: 3_000 }, (_, partition) => partition)
    const partitions = many.map((partition) => ({
      partition,
      logStartOffset: 0n,
      logEndOffset: 5n,
      observedAt: 0,
    }))
    const groups = new Map([
      ['billing', many.map((partition) => ({ topic: 'orders', partition, committedOffset: 0n }))],
    ])
    const offsets = new Map([['orders', { topic: 'orders', topicId: 'id', partitions }]])
    history.feed('c', groups, offsets, 1_000)
    const followed = many.filter((partition) => history.lagMs('c', 'id', partition, 0n, 2_000) === 1_000)
    expect(followed).toHaveLength(2_000)
    history.feed('c', new Map(), offsets, 3_000)
    history.feed('c', groups, offsets, 4_000)
    expect(history.lagMs('c', 'id', 1_999, 0n, 5_000)).toBe(1_000)
  })
})
