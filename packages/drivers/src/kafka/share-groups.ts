import { createAPI, type Reader, ResponseError, Writer } from '@platformatic/kafka'

/** A member of a group, as far as every kind of describe tells one. */
export interface DescribedMember {
  readonly memberId: string
  readonly clientId: string
  readonly clientHost: string
  readonly assignment: readonly { readonly topicName: string; readonly partitions: readonly number[] }[]
}

export interface DescribedGroup {
  readonly errorCode: number
  readonly groupId: string
  readonly groupState: string
  readonly members: readonly DescribedMember[]
}

export interface ShareGroupOffsets {
  readonly groupId: string
  readonly errorCode: number
  readonly topics: readonly {
    readonly topicName: string
    readonly partitions: readonly {
      readonly partitionIndex: number
      readonly startOffset: bigint
      /** −1: the partition hasn't been started on. */
      readonly lag: bigint
      readonly errorCode: number
    }[]
  }[]
}

type Groups<G> = { readonly throttleTimeMs: number; readonly groups: readonly G[] }

function describeRequest(groupIds: readonly string[]): Writer {
  return Writer.create()
    .appendArray([...groupIds], (w, id) => w.appendString(id), true, false)
    .appendBoolean(false)
    .appendTaggedFields()
}

function readGroups<G extends { errorCode: number }>(
  readGroup: (r: Reader) => G,
): (correlationId: number, apiKey: number, apiVersion: number, reader: Reader) => Groups<G> {
  return (_correlationId, apiKey, apiVersion, reader) => {
    const answer = { throttleTimeMs: reader.readInt32(), groups: reader.readArray(readGroup) }
    reader.readTaggedFields()
    const failed = answer.groups.flatMap(({ errorCode }, i): [string, [number, null]][] =>
      errorCode === 0 ? [] : [[`/groups/${i}`, [errorCode, null]]],
    )
    if (failed.length > 0) throw new ResponseError(apiKey, apiVersion, Object.fromEntries(failed), answer)
    return answer
  }
}

function readTopicPartitions(r: Reader) {
  r.readUUID()
  return { topicName: r.readString(), partitions: r.readArray((r) => r.readInt32(), true, false) }
}

/** ShareGroupDescribe v1 (Kafka 4.1); the library has none. Fields in the order of Kafka's own schema. */
export const shareGroupDescribeV1 = createAPI<[groupIds: readonly string[]], Groups<DescribedGroup>>(
  77,
  1,
  describeRequest,
  readGroups((r) => {
    const errorCode = r.readInt16()
    r.readNullableString() // error message
    const groupId = r.readString()
    const groupState = r.readString()
    r.readInt32() // group epoch
    r.readInt32() // assignment epoch
    r.readString() // assignor
    const members = r.readArray(readShareMember)
    r.readInt32() // authorized operations
    return { errorCode, groupId, groupState, members }
  }),
)

function readShareMember(r: Reader): DescribedMember {
  const memberId = r.readString()
  r.readNullableString() // rack
  r.readInt32() // epoch
  const clientId = r.readString()
  const clientHost = r.readString()
  r.readArray((r) => r.readString(), true, false) // subscribed topics
  const assignment = r.readArray(readTopicPartitions)
  r.readTaggedFields()
  return { memberId, clientId, clientHost, assignment }
}

/** DescribeShareGroupOffsets v1 (Kafka 4.2): the only one to tell a share group's lag, which offsets don't amount to. */
export const describeShareGroupOffsetsV1 = createAPI<
  [groupIds: readonly string[]],
  Groups<ShareGroupOffsets>
>(
  90,
  1,
  (groupIds: readonly string[]) =>
    Writer.create()
      .appendArray([...groupIds], (w, id) => w.appendString(id).appendArray(null, () => {}))
      .appendTaggedFields(),
  readGroups((r) => {
    const groupId = r.readString()
    const topics = r.readArray((r) => {
      const topicName = r.readString()
      r.readUUID()
      return { topicName, partitions: r.readArray(readSharePartition) }
    })
    const errorCode = r.readInt16()
    r.readNullableString() // error message
    return { groupId, topics, errorCode }
  }),
)

function readSharePartition(r: Reader) {
  const partitionIndex = r.readInt32()
  const startOffset = r.readInt64()
  r.readInt32() // leader epoch
  const lag = r.readInt64()
  const errorCode = r.readInt16()
  r.readNullableString() // error message
  return { partitionIndex, startOffset, lag, errorCode }
}
