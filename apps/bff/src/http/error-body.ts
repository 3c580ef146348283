import { ORPCError, ValidationError } from '@orpc/server'
import { type ErrorBody, ErrorCode, errorCodes } from '@weir/contract'
import { BrokerError, BrokerRejectedError } from '@weir/drivers'

/** A broker's answers as ours. A broker's "not allowed" is never a 401 or 403 of ours: it isn't about our user. */
const brokerStatus: Partial<Record<ErrorCode, number>> = {
  [ErrorCode.brokerNotFound]: 404,
  [ErrorCode.brokerRejected]: 409,
  [ErrorCode.brokerUnreachable]: 503,
  [ErrorCode.brokerTimeout]: 504,
}

/** What an HTTP client is told. A fault of ours tells nothing but the request's id. */
export function errorBody(error: unknown, requestId: string): { status: number; body: ErrorBody } {
  if (outOfTime(error)) {
    const body = { code: ErrorCode.brokerTimeout, message: 'the broker did not answer in time', requestId }
    return { status: 504, body }
  }
  if (error instanceof BrokerError) {
    const reason = error instanceof BrokerRejectedError ? { reason: error.reason } : {}
    const body = { code: error.code, message: error.message, requestId, ...reason }
    return { status: brokerStatus[error.code] ?? 502, body }
  }
  if (!(error instanceof ORPCError) || isOurFault(error)) {
    return { status: 500, body: { code: ErrorCode.internal, message: 'internal error', requestId } }
  }
  const details = detailsOf(error)
  return {
    status: error.status,
    body: { code: errorCodeOf(error), message: error.message, requestId, ...(details && { details }) },
  }
}

export function errorCodeOf(error: unknown): ErrorCode {
  if (outOfTime(error)) return ErrorCode.brokerTimeout
  if (error instanceof BrokerError) return error.code
  if (!(error instanceof ORPCError)) return ErrorCode.internal
  const known = errorCodes.find((code) => code === error.code)
  if (known) return known
  return error.status === 404
    ? ErrorCode.notFound
    : error.status < 500
      ? ErrorCode.badRequest
      : ErrorCode.internal
}

/** A driver throws its signal's own reason, and ours abort when a broker's time is up: `AbortSignal.timeout`. */
function outOfTime(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError'
}

/** An error of 500 or more that isn't one of the codes we answer on purpose. */
function isOurFault(error: ORPCError<string, unknown>): boolean {
  return error.status >= 500 && !errorCodes.some((code) => code === error.code && code !== ErrorCode.internal)
}

function detailsOf(error: ORPCError<string, unknown>): ErrorBody['details'] {
  if (!(error.cause instanceof ValidationError)) return undefined
  return error.cause.issues.map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }))
}
