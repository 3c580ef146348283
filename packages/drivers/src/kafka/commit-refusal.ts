import { type BrokerError, BrokerRejectedError } from '../errors.ts'
import { KafkaCode, refusalOf, wordsOf } from './errors.ts'

interface AnsweredPartition {
  readonly partitionIndex: number
  readonly errorCode: number
}

/**
 * What the coordinator says to a commit by nobody while somebody is in the group. Tried on 4.3.1: 25, for classic and
 * KIP-848 groups alike; amid a rebalance and on other versions the others.
 */
const inUseCodes: ReadonlySet<number> = new Set([
  KafkaCode.illegalGeneration,
  KafkaCode.unknownMemberId,
  KafkaCode.rebalanceInProgress,
  KafkaCode.nonEmptyGroup,
  KafkaCode.staleMemberEpoch,
])

/** What became of an OffsetCommit: null where every partition was committed, else which weren't, and why. */
export function commitRefusal(rows: readonly AnsweredPartition[], what: string): BrokerError | null {
  const failed = rows.filter(({ errorCode }) => errorCode !== KafkaCode.none)
  const [first] = failed
  if (!first) return null
  if (inUseCodes.has(first.errorCode)) {
    return new BrokerRejectedError(
      `${what}: ${wordsOf(first.errorCode)}`,
      'The group has members. Stop them first.',
    )
  }
  const byCode = Map.groupBy(failed, ({ errorCode }) => errorCode)
  if (byCode.size === 1 && failed.length === rows.length) return refusalOf(first.errorCode, null, what)
  const parts = [...byCode].map(([code, refused]) => {
    const which = refused.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b)
    return `partition ${which.join(', ')}: ${wordsOf(code)}`
  })
  if (failed.length < rows.length) parts.push('the other partitions are committed')
  const reason = parts.join('; ')
  return new BrokerRejectedError(`${what}: ${reason}`, reason)
}
