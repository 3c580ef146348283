import { ORPCError, ValidationError } from '@orpc/server'
import { type ErrorBody, ErrorCode } from '@weir/contract'

/** What an HTTP client is told. A fault of ours tells nothing but the request's id. */
export function errorBody(error: unknown, requestId: string): { status: number; body: ErrorBody } {
  if (!(error instanceof ORPCError) || error.status >= 500) {
    return { status: 500, body: { code: ErrorCode.internal, message: 'internal error', requestId } }
  }
  const code = codeOf(error)
  const details = detailsOf(error)
  return {
    status: error.status,
    body: { code, message: error.message, requestId, ...(details && { details }) },
  }
}

function codeOf(error: ORPCError<string, unknown>): ErrorCode {
  const known = Object.values(ErrorCode).find((code) => code === error.code)
  return known ?? (error.status === 404 ? ErrorCode.notFound : ErrorCode.badRequest)
}

function detailsOf(error: ORPCError<string, unknown>): ErrorBody['details'] {
  if (!(error.cause instanceof ValidationError)) return undefined
  return error.cause.issues.map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }))
}
