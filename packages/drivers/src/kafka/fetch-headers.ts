import { createAPI, fetchV12, type Reader, ResponseError } from '@platformatic/kafka'

export interface FetchedPartition {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly highWatermark: bigint
  /** Record batches as they stand in the log; the last may be cut off. */
  readonly records: Buffer | null
}

export interface FetchAnswer {
  /** Above 0 an empty answer says nothing: the quota kept the records back. */
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly partitions: readonly FetchedPartition[]
}

/**
 * Fetch v12 that leaves the records as bytes. The library's own decodes every batch at once, and throws the whole
 * answer away where it can't read one of them.
 */
export const fetchHeadersV12 = createAPI<Parameters<typeof fetchV12.createRequest>, FetchAnswer>(
  1,
  12,
  fetchV12.createRequest,
  (_correlationId, apiKey, apiVersion, reader) => {
    const throttleTimeMs = reader.readInt32()
    const errorCode = reader.readInt16()
    reader.readInt32() // session
    const partitions = reader
      .readArray((r) => {
        const topic = r.readString()
        return r.readArray((r) => readPartition(r, topic))
      })
      .flat()
    reader.readTaggedFields()
    const answer = { throttleTimeMs, errorCode, partitions }
    if (errorCode !== 0) throw new ResponseError(apiKey, apiVersion, { '/': [errorCode, null] }, answer)
    return answer
  },
)

function readPartition(r: Reader, topic: string): FetchedPartition {
  const partition = r.readInt32()
  const errorCode = r.readInt16()
  const highWatermark = r.readInt64()
  r.readInt64() // last stable offset
  r.readInt64() // log start
  r.readNullableArray((r) => [r.readInt64(), r.readInt64()]) // aborted transactions
  r.readInt32() // preferred read replica
  return { topic, partition, errorCode, highWatermark, records: r.readNullableBytes() }
}
