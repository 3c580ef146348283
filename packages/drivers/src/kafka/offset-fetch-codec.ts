import { offsetFetchV8, offsetFetchV9 } from '@platformatic/kafka'
import { KafkaCode } from './errors.ts'
import { CompactCursor, inSlices, rawApi } from './raw-answer.ts'
import type { KafkaCommit } from './readings.ts'

/** One group of an answer: its commits on partitions that could be told. */
export interface FetchedGroup {
  readonly groupId: string
  readonly errorCode: number
  readonly commits: readonly KafkaCommit[]
}

const OFFSET_FETCH = 9

/** Versions 8 and 9 (many groups in one request) answer alike; the newest first. */
export const offsetFetchApis = [
  rawApi(OFFSET_FETCH, 9, offsetFetchV9.createRequest),
  rawApi(OFFSET_FETCH, 8, offsetFetchV8.createRequest),
]

/** Asks for everything a group has committed. */
export function allCommitsOf(groupId: string) {
  return { groupId, memberId: null, memberEpoch: -1, topics: null }
}

/** The answer's groups. Throws RangeError where it is cut off. */
export async function fetchedGroups(answer: Buffer): Promise<FetchedGroup[]> {
  const groups: FetchedGroup[] = []
  await inSlices(decode(new CompactCursor(answer), groups))
  return groups
}

function* decode(cursor: CompactCursor, groups: FetchedGroup[]): Generator<void> {
  cursor.int32() // throttle time
  for (let left = cursor.arrayLength(); left > 0; left--) {
    const groupId = cursor.string()
    const commits: KafkaCommit[] = []
    for (let topics = cursor.arrayLength(); topics > 0; topics--) {
      const topic = cursor.string()
      for (let partitions = cursor.arrayLength(); partitions > 0; partitions--) {
        const partition = cursor.int32()
        const committedOffset = cursor.int64()
        cursor.int32() // leader epoch
        cursor.skipString() // metadata
        const errorCode = cursor.int16()
        cursor.skipTags()
        // −1 is Kafka's word for no commit.
        if (errorCode === KafkaCode.none && committedOffset >= 0n)
          commits.push({ topic, partition, committedOffset })
        yield
      }
      cursor.skipTags()
    }
    const errorCode = cursor.int16()
    cursor.skipTags()
    groups.push({ groupId, errorCode, commits })
  }
}
