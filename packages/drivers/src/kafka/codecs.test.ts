import { listOffsetsV9, Writer } from '@platformatic/kafka'
import { describe, expect, it } from 'vitest'
import { eachListedOffset, type ListedOffset, listOffsetsRequest } from './list-offsets-codec.ts'
import { fetchedGroups } from './offset-fetch-codec.ts'
import { CompactCursor, SLICE } from './raw-answer.ts'

describe('ListOffsets', () => {
  it("asks with the very bytes of the library's own encoder", () => {
    const topics = Array.from({ length: 200 }, (_, t) => ({
      topic: `topic ä ${'x'.repeat(t)}`,
      partitions: Array.from({ length: t % 3 === 0 ? 300 : 2 }, (_, partition) => ({
        partition,
        leaderEpoch: t,
      })),
    }))
    const theirs = topics.map(({ topic, partitions }) => ({
      name: topic,
      partitions: partitions.map(({ partition, leaderEpoch }) => ({
        partitionIndex: partition,
        currentLeaderEpoch: leaderEpoch,
        timestamp: -2n,
      })),
    }))
    expect(listOffsetsRequest(topics, -2n).equals(listOffsetsV9.createRequest(-1, 0, theirs).buffer)).toBe(
      true,
    )
    expect(listOffsetsRequest([], -1n).equals(listOffsetsV9.createRequest(-1, 0, []).buffer)).toBe(true)
  })

  const rows: ListedOffset[] = Array.from({ length: SLICE * 2 + 7 }, (_, i) => ({
    topic: `topic ${Math.floor(i / 5)}`,
    partition: i % 5,
    errorCode: i % 11 === 0 ? 6 : 0,
    offset: BigInt(i) * 1_000_000_007n,
    leaderEpoch: i,
  }))

  it('reads every partition of an answer, letting others have a turn amid it', async () => {
    let turns = 0
    let ticking = true
    const tick = () => {
      turns += 1
      if (ticking) setImmediate(tick)
    }
    setImmediate(tick)
    const read: ListedOffset[] = []
    await eachListedOffset(listOffsetsAnswer(rows), (row) => read.push(row))
    ticking = false
    expect(read).toEqual(rows)
    expect(turns).toBeGreaterThanOrEqual(2)
  })

  it('says that an answer is cut off, wherever it is', async () => {
    const whole = listOffsetsAnswer(rows.slice(0, 3))
    for (let length = 0; length < whole.length - 1; length++) {
      await expect(eachListedOffset(whole.subarray(0, length), () => {})).rejects.toBeInstanceOf(RangeError)
    }
  })
})

describe('OffsetFetch', () => {
  it('reads groups, skipping partitions without a commit and those that were refused', async () => {
    const partitions = [
      { index: 0, offset: 5n, errorCode: 0, metadata: null },
      { index: 1, offset: -1n, errorCode: 0, metadata: '' },
      { index: 2, offset: 7n, errorCode: 29, metadata: '' },
      { index: 3, offset: 9_007_199_254_740_993n, errorCode: 0, metadata: 'made by hand' },
    ]
    const answer = Writer.create()
      .appendInt32(0)
      .appendArray(['billing', 'denied'], (w, groupId) => {
        w.appendString(groupId)
          .appendArray(groupId === 'denied' ? [] : ['orders'], (w, topic) => {
            w.appendString(topic).appendArray(partitions, (w, row) => {
              w.appendInt32(row.index)
                .appendInt64(row.offset)
                .appendInt32(-1)
                .appendString(row.metadata)
                .appendInt16(row.errorCode)
            })
          })
          .appendInt16(groupId === 'denied' ? 30 : 0)
      })
      .appendTaggedFields()
    expect(await fetchedGroups(answer.buffer)).toEqual([
      {
        groupId: 'billing',
        errorCode: 0,
        commits: [
          { topic: 'orders', partition: 0, committedOffset: 5n },
          { topic: 'orders', partition: 3, committedOffset: 9_007_199_254_740_993n },
        ],
      },
      { groupId: 'denied', errorCode: 30, commits: [] },
    ])
  })
})

describe('CompactCursor', () => {
  it('skips tagged fields that it does not know', () => {
    const bytes = Buffer.from([2, 0, 3, 1, 2, 3, 200, 1, 0, 0, 7])
    const cursor = new CompactCursor(bytes)
    cursor.skipTags()
    expect(cursor.int16()).toBe(7)
  })

  it('reads lengths of more than one byte, and refuses what cannot be one', () => {
    expect(new CompactCursor(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f])).unsignedVarint()).toBe(2 ** 32 - 1)
    expect(() => new CompactCursor(Buffer.alloc(9, 0xff)).unsignedVarint()).toThrow(RangeError)
  })
})

/** As a broker writes it; rows of one topic stand together. */
function listOffsetsAnswer(rows: readonly ListedOffset[]): Buffer {
  const byTopic = [...Map.groupBy(rows, ({ topic }) => topic)]
  return Writer.create()
    .appendInt32(0)
    .appendArray(byTopic, (w, [topic, partitions]) => {
      w.appendString(topic).appendArray(partitions, (w, row) => {
        w.appendInt32(row.partition)
          .appendInt16(row.errorCode)
          .appendInt64(-1n)
          .appendInt64(row.offset)
          .appendInt32(row.leaderEpoch)
      })
    })
    .appendTaggedFields().buffer
}
