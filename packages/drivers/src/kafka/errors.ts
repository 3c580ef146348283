import {
  AuthenticationError,
  protocolErrors,
  protocolErrorsCodesById,
  TimeoutError,
} from '@platformatic/kafka'
import {
  BrokerAuthError,
  BrokerError,
  BrokerForbiddenError,
  BrokerNotFoundError,
  BrokerRejectedError,
  BrokerResponseError,
  BrokerTimeoutError,
  BrokerUnreachableError,
} from '../errors.ts'

/** Kafka's own error codes, as far as we act on them. */
export const KafkaCode = {
  none: 0,
  unknownTopicOrPartition: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  requestTimedOut: 7,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  notCoordinator: 16,
  illegalGeneration: 22,
  unknownMemberId: 25,
  rebalanceInProgress: 27,
  topicDenied: 29,
  groupDenied: 30,
  clusterDenied: 31,
  unsupportedVersion: 35,
  nonEmptyGroup: 68,
  groupIdNotFound: 69,
  fencedLeaderEpoch: 74,
  unknownLeaderEpoch: 75,
  unknownTopicId: 100,
  staleMemberEpoch: 113,
} as const

const movedCodes: ReadonlySet<number> = new Set([3, 5, 6, 74, 75, 100])
const movedCoordinatorCodes: ReadonlySet<number> = new Set([14, 15, 16])
const deniedCodes: ReadonlySet<number> = new Set([29, 30, 31])
const refusedLogins: ReadonlySet<unknown> = new Set([
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
])
const deniedIds: ReadonlySet<unknown> = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
])

/** The partition's leader is another one, or the topic isn't the one we know: Metadata is old. */
export function meansMoved(code: number): boolean {
  return movedCodes.has(code)
}

/** The group's coordinator is another broker, or isn't ready. */
export function meansCoordinatorMoved(code: number): boolean {
  return movedCoordinatorCodes.has(code)
}

export function meansDenied(code: number): boolean {
  return deniedCodes.has(code)
}

/**
 * What the broker answered a change with, in our words. `reason`: the broker's own sentence, where it gave one.
 * Null where it was done.
 */
export function refusalOf(code: number, reason: string | null | undefined, what: string): BrokerError | null {
  if (code === KafkaCode.none) return null
  const id = protocolErrorsCodesById[code] ?? `error ${code}`
  const message = `${what}: ${id}`
  if (meansDenied(code)) return new BrokerForbiddenError(message)
  if (code === KafkaCode.unknownTopicOrPartition || code === KafkaCode.groupIdNotFound) {
    return new BrokerNotFoundError(message)
  }
  if (code === KafkaCode.requestTimedOut) return new BrokerTimeoutError(message)
  if (meansMoved(code) || meansCoordinatorMoved(code)) return new BrokerUnreachableError(message)
  return new BrokerRejectedError(message, reason || protocolErrors[id]?.message || id)
}

/** An error code in Kafka's own words: `NON_EMPTY_GROUP: The group is not empty.` */
export function wordsOf(code: number): string {
  const id = protocolErrorsCodesById[code] ?? `error ${code}`
  const sentence = protocolErrors[id]?.message
  return sentence ? `${id}: ${sentence}` : id
}

/**
 * What the library threw, in our words. Told by `apiId` wherever it stands in the tree of causes and errors, and by
 * class: a broker that hangs also yields an AuthenticationError, and a TimeoutError carries a NetworkError's code.
 * `what` is what was attempted, and on what: `ListOffsets on 127.0.0.1:9092`.
 */
export function brokerErrorOf(error: unknown, what: string): BrokerError {
  if (error instanceof BrokerError) return error
  const parts = [...partsOf(error)]
  const cause = { cause: error }
  if (parts.some((part) => refusedLogins.has(apiIdOf(part)))) {
    return new BrokerAuthError(`${what}: the broker refuses these credentials`, cause)
  }
  if (parts.some((part) => part instanceof TimeoutError)) {
    return new BrokerTimeoutError(`${what}: no answer in time`, cause)
  }
  if (parts.some((part) => part instanceof RangeError)) {
    return new BrokerResponseError(`${what}: the answer is cut off`, cause)
  }
  const denied = parts.map(apiIdOf).find((id) => deniedIds.has(id))
  if (denied) return new BrokerForbiddenError(`${what}: ${denied}`, cause)
  const system = parts.map(systemCodeOf).find((code) => code !== undefined)
  if (system) return new BrokerUnreachableError(`${what}: ${system}`, cause)
  const apiId = parts.map(apiIdOf).find((id) => id !== undefined)
  if (apiId) return new BrokerRejectedError(`${what}: ${apiId}`, apiId, cause)
  if (parts.some(isClosed)) return new BrokerUnreachableError(`${what}: the connection was closed`, cause)
  if (parts.some((part) => part instanceof AuthenticationError)) {
    return new BrokerResponseError(`${what}: the sign-in was not answered as SASL says`, cause)
  }
  const last = parts.at(-1)
  return new BrokerResponseError(`${what}: ${last instanceof Error ? last.message : 'failed'}`, cause)
}

/** The error and everything it was caused by or gathers, outermost first. */
function* partsOf(error: unknown, depth = 0): Generator<unknown> {
  if (error === null || error === undefined || depth > 8) return
  yield error
  if (!(error instanceof Error)) return
  yield* partsOf(error.cause, depth + 1)
  if (error instanceof AggregateError) for (const each of error.errors) yield* partsOf(each, depth + 1)
}

function apiIdOf(part: unknown): string | undefined {
  return textOf(part, 'apiId')
}

/** `ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT` …: Node's codes; the library's begin with PLT_. */
function systemCodeOf(part: unknown): string | undefined {
  const code = textOf(part, 'code')
  return code && /^[A-Z]/.test(code) && !code.startsWith('PLT_') ? code : undefined
}

function isClosed(part: unknown): boolean {
  return part instanceof Error && /connection closed/i.test(part.message)
}

function textOf(part: unknown, field: string): string | undefined {
  if (!(part instanceof Error) || !(field in part)) return undefined
  const value: unknown = Reflect.get(part, field)
  return typeof value === 'string' ? value : undefined
}
