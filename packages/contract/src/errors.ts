/**
 * Every code that an HTTP error, an `error` or `stale` frame, or a broker's card can carry. The page words them;
 * tests assert them. `docs/PROTOCOL.md` says what each means to a client.
 */
export const ErrorCode = {
  /** The request or frame is not what the contract says; `details` lists every fault with its path. */
  badRequest: 'BAD_REQUEST',
  /** No such thing, or not yours: the two answer alike, so that ids cannot be probed. */
  notFound: 'NOT_FOUND',
  /** This view does not exist. */
  viewUnknown: 'VIEW_UNKNOWN',
  /** The view exists, but not for this subject (a Kafka view of a RabbitMQ instance). */
  viewNotOffered: 'VIEW_NOT_OFFERED',
  tooManySubscriptions: 'TOO_MANY_SUBSCRIPTIONS',
  /** The actor may see this but not do that. */
  forbidden: 'FORBIDDEN',
  hostRefused: 'HOST_REFUSED',
  originRefused: 'ORIGIN_REFUSED',
  internal: 'INTERNAL',
  /** Nothing answers at the broker's address. */
  brokerUnreachable: 'BROKER_UNREACHABLE',
  /** The broker took the connection and then did not answer in time. */
  brokerTimeout: 'BROKER_TIMEOUT',
  /** The broker refuses our credentials. */
  brokerAuth: 'BROKER_AUTH',
  /** The broker knows us and refuses this. */
  brokerForbidden: 'BROKER_FORBIDDEN',
  brokerNotFound: 'BROKER_NOT_FOUND',
  /** The broker understood and said no: its own words are in the message. */
  brokerRejected: 'BROKER_REJECTED',
  /** The broker answered something we cannot read. */
  brokerResponse: 'BROKER_RESPONSE',
  /** The operator declared this cluster unavailable, or it could not be brought up. */
  brokerUnavailable: 'BROKER_UNAVAILABLE',
  /** Nothing has been read yet. */
  noReadingYet: 'NO_READING_YET',
} as const

export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode]

export const errorCodes = Object.values(ErrorCode)
