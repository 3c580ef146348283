import { Reader, readRecordsBatch } from '@platformatic/kafka'

/** Of a record batch v2, as it stands in the log. */
const HEADER_BYTES = 61
const LENGTH_AT = 8
const MAGIC_AT = 16
const ATTRIBUTES_AT = 21
const LAST_OFFSET_DELTA_AT = 23
const FIRST_TIMESTAMP_AT = 27
const MAX_TIMESTAMP_AT = 35
const LOG_APPEND_TIME = 1 << 3
const CONTROL = 1 << 5

/** What is to be read next from an offset on. */
export type NextRecord =
  /** A record of this time; epoch ms. */
  | { readonly at: number }
  /** Nothing up to the end of the log, which is here, but the markers that transactions leave. */
  | { readonly markersTo: bigint }
  /** These bytes don't tell. */
  | null

interface Batch {
  readonly firstOffset: bigint
  readonly lastOffset: bigint
  readonly attributes: number
  readonly firstTimestamp: bigint
  readonly maxTimestamp: bigint
  /** The whole batch; null where it was cut off. */
  readonly bytes: Buffer | null
}

/** What is next at `offset`, from a fetch that began there: batches hold earlier records too, which are passed over. */
export function nextRecord(records: Buffer, offset: bigint, highWatermark: bigint): NextRecord {
  let passedTo = offset
  for (const batch of batchesIn(records)) {
    if (batch.lastOffset < offset) continue
    const found = batch.attributes & CONTROL ? null : timeIn(batch, offset)
    if (found !== null) return { at: found }
    // A batch without a record from here on: a marker, or one that compaction has emptied.
    if (batch.bytes === null) return null
    passedTo = batch.lastOffset + 1n
  }
  return passedTo > offset && passedTo >= highWatermark ? { markersTo: passedTo } : null
}

function* batchesIn(records: Buffer): Generator<Batch> {
  let at = 0
  while (at + HEADER_BYTES <= records.length) {
    if (records.readInt8(at + MAGIC_AT) !== 2) return // messages from before Kafka 0.11
    const firstOffset = records.readBigInt64BE(at)
    const end = at + LENGTH_AT + 4 + records.readInt32BE(at + LENGTH_AT)
    yield {
      firstOffset,
      lastOffset: firstOffset + BigInt(records.readInt32BE(at + LAST_OFFSET_DELTA_AT)),
      attributes: records.readInt16BE(at + ATTRIBUTES_AT),
      firstTimestamp: records.readBigInt64BE(at + FIRST_TIMESTAMP_AT),
      maxTimestamp: records.readBigInt64BE(at + MAX_TIMESTAMP_AT),
      bytes: end <= records.length ? records.subarray(at, end) : null,
    }
    at = end
  }
}

/** The time of the first record from `offset` on; null where the batch has none. */
function timeIn(batch: Batch, offset: bigint): number | null {
  // Where the broker stamped the records, the batch's newest time holds for all of them, whatever their deltas say.
  if (batch.attributes & LOG_APPEND_TIME) return Number(batch.maxTimestamp)
  if (batch.bytes === null) return Number(batch.firstTimestamp)
  try {
    const { firstOffset, firstTimestamp, records } = readRecordsBatch(Reader.from(batch.bytes))
    const record = records.find(({ offsetDelta }) => firstOffset + BigInt(offsetDelta) >= offset)
    return record ? Number(firstTimestamp + record.timestampDelta) : null
  } catch {
    // A compression that we can't undo: the header bounds it.
    return Number(batch.firstTimestamp)
  }
}
