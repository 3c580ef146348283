import { Writer } from '@platformatic/kafka'
import { CompactCursor, inSlices, rawApi } from './raw-answer.ts'

/** What to ask of one topic's partitions. */
export interface AskedTopic {
  readonly topic: string
  readonly partitions: readonly { readonly partition: number; readonly leaderEpoch: number }[]
}

/** One partition of an answer. */
export interface ListedOffset {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly offset: bigint
  readonly leaderEpoch: number
}

const LIST_OFFSETS = 2
/** Partition, leader epoch, timestamp, and no tags. */
const ROW_BYTES = 4 + 4 + 8 + 1
const NO_TAGS = Buffer.from([0])
/** The high watermark. The last stable offset, 1, stands still while a transaction is open. */
const READ_UNCOMMITTED = 0

/** Versions 7 to 9 read and write alike; the newest first. */
export const listOffsetsApis = [9, 8, 7].map((version) =>
  rawApi(LIST_OFFSETS, version, (request: Buffer) => Writer.create().append(request)),
)

/**
 * The request's bytes: the same each tick while leaders stay, so they are made once. `timestamp`: −1 the end of the
 * log, −2 its start.
 */
export function listOffsetsRequest(topics: readonly AskedTopic[], timestamp: bigint): Buffer {
  const parts = [Buffer.from([0xff, 0xff, 0xff, 0xff, READ_UNCOMMITTED]), arrayLength(topics.length)]
  for (const { topic, partitions } of topics) {
    const name = Buffer.from(topic)
    parts.push(arrayLength(name.length), name, arrayLength(partitions.length))
    const rows = Buffer.alloc(partitions.length * ROW_BYTES)
    for (const [index, { partition, leaderEpoch }] of partitions.entries()) {
      rows.writeInt32BE(partition, index * ROW_BYTES)
      rows.writeInt32BE(leaderEpoch, index * ROW_BYTES + 4)
      rows.writeBigInt64BE(timestamp, index * ROW_BYTES + 8)
    }
    parts.push(rows, NO_TAGS)
  }
  return Buffer.concat([...parts, NO_TAGS])
}

/** Compact: one more, as a variable-length number. */
function arrayLength(length: number): Buffer {
  const bytes: number[] = []
  let left = length + 1
  for (; left > 0x7f; left = Math.floor(left / 0x80)) bytes.push((left & 0x7f) | 0x80)
  return Buffer.from([...bytes, left])
}

/** Hands each partition of the answer to `take`. Throws RangeError where the answer is cut off. */
export function eachListedOffset(answer: Buffer, take: (row: ListedOffset) => void): Promise<void> {
  return inSlices(decode(new CompactCursor(answer), take))
}

function* decode(cursor: CompactCursor, take: (row: ListedOffset) => void): Generator<void> {
  cursor.int32() // throttle time
  for (let topics = cursor.arrayLength(); topics > 0; topics--) {
    const topic = cursor.string()
    for (let partitions = cursor.arrayLength(); partitions > 0; partitions--) {
      const partition = cursor.int32()
      const errorCode = cursor.int16()
      cursor.int64() // timestamp
      const offset = cursor.int64()
      const leaderEpoch = cursor.int32()
      cursor.skipTags()
      take({ topic, partition, errorCode, offset, leaderEpoch })
      yield
    }
    cursor.skipTags()
  }
}
