import { createRecordsBatch } from '@platformatic/kafka'
import { describe, expect, it } from 'vitest'
import { nextRecord } from './record-time.ts'

const ATTRIBUTES_AT = 21
const LAST_OFFSET_DELTA_AT = 23

interface BatchOptions {
  readonly firstOffset: bigint
  readonly times: readonly number[]
  readonly attributes?: number
  readonly compression?: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'
}

/** A batch as a broker keeps it; `attributes` are set beside those of the compression. */
function batch({ firstOffset, times, attributes = 0, compression = 'none' }: BatchOptions): Buffer {
  const messages = times.map((time) => ({ topic: 't', value: Buffer.from('v'), timestamp: BigInt(time) }))
  const bytes = Buffer.from(createRecordsBatch(messages, { compression }).buffer)
  bytes.writeBigInt64BE(firstOffset, 0)
  bytes.writeInt16BE(bytes.readInt16BE(ATTRIBUTES_AT) | attributes, ATTRIBUTES_AT)
  return bytes
}

const LOG_APPEND_TIME = 8
const CONTROL = 32

describe('nextRecord', () => {
  it('passes over the records of the batch that come before the offset', () => {
    const bytes = batch({ firstOffset: 100n, times: [1_000, 5_000, 9_000] })
    expect(nextRecord(bytes, 100n, 103n)).toEqual({ at: 1_000 })
    expect(nextRecord(bytes, 102n, 103n)).toEqual({ at: 9_000 })
  })

  it('reads compressed batches of every kind', () => {
    for (const compression of ['gzip', 'snappy', 'lz4', 'zstd'] as const) {
      const bytes = batch({ firstOffset: 10n, times: [1_000, 5_000], compression })
      expect(nextRecord(bytes, 11n, 12n), compression).toEqual({ at: 5_000 })
    }
  })

  it("takes the batch's newest time where the broker stamped it", () => {
    const bytes = batch({ firstOffset: 0n, times: [1_000, 7_000], attributes: LOG_APPEND_TIME })
    expect(nextRecord(bytes, 0n, 2n)).toEqual({ at: 7_000 })
  })

  it('finds the record behind a marker, and says so where only markers are left', () => {
    const marker = batch({ firstOffset: 5n, times: [2_000], attributes: CONTROL })
    const record = batch({ firstOffset: 6n, times: [3_000] })
    expect(nextRecord(Buffer.concat([marker, record]), 5n, 7n)).toEqual({ at: 3_000 })
    expect(nextRecord(marker, 5n, 6n)).toEqual({ markersTo: 6n })
    expect(nextRecord(marker, 5n, 9n)).toBeNull()
  })

  it('goes on to the next batch where compaction took the rest of this one', () => {
    const compacted = batch({ firstOffset: 0n, times: [1_000] })
    compacted.writeInt32BE(9, LAST_OFFSET_DELTA_AT) // it once held ten
    const next = batch({ firstOffset: 10n, times: [8_000] })
    expect(nextRecord(Buffer.concat([compacted, next]), 4n, 11n)).toEqual({ at: 8_000 })
  })

  it('bounds the time by the header where the batch is cut off or cannot be decompressed', () => {
    const whole = batch({ firstOffset: 0n, times: [1_000, 5_000] })
    expect(nextRecord(whole.subarray(0, whole.length - 3), 1n, 2n)).toEqual({ at: 1_000 })
    const broken = batch({ firstOffset: 0n, times: [1_000, 5_000], compression: 'gzip' })
    broken.fill(0xff, 70)
    expect(nextRecord(broken, 1n, 2n)).toEqual({ at: 1_000 })
  })

  it('says nothing of bytes that hold no batch', () => {
    expect(nextRecord(Buffer.alloc(0), 0n, 5n)).toBeNull()
    expect(nextRecord(Buffer.alloc(40), 0n, 5n)).toBeNull()
    expect(nextRecord(Buffer.alloc(100), 0n, 5n)).toBeNull()
  })
})
