import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { ResponseValidationPlugin } from '@orpc/contract/plugins'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { type Contract, contract, ErrorBody, ErrorCode } from '@weir/contract'

export const API_PATH = '/api/v1'

export type Api = JsonifiedClient<ContractRouterClient<Contract>>

/** Every procedure of the contract, called over HTTP and checked on the way back. Throws what `apiErrorOf` reads. */
export function createApi(origin: string, fetchLike: (request: Request) => Promise<Response>): Api {
  const link = new OpenAPILink(contract, {
    url: new URL(API_PATH, origin),
    fetch: fetchLike,
    plugins: [new ResponseValidationPlugin(contract)],
    customErrorResponseBodyDecoder: (body, { status }) => decodeError(body, status),
  })
  return createORPCClient(link)
}

export const api = createApi(location.origin, (request) => fetch(request))

/** Query options and keys per procedure: `queries.instances.list.queryOptions()`. The only place that makes keys. */
export const queries = createTanstackQueryUtils(api)

/** An answer that was not a success, in the words of the contract. */
export interface ApiError {
  readonly code: ErrorCode
  /** HTTP's; 0 when nothing answered. */
  readonly status: number
  readonly message: string
  /** The broker's own sentence, where it refused. */
  readonly reason: string | null
  /** What to tell the operator; null when nothing answered. */
  readonly requestId: string | null
  readonly details: NonNullable<ErrorBody['details']>
}

/** Any failure of a call, so that a page can word it by its code. */
export function apiErrorOf(error: unknown): ApiError {
  if (error instanceof ORPCError) {
    const body = ErrorBody.safeParse(error.data)
    if (body.success) {
      const { reason = null, details = [] } = body.data
      return { ...body.data, status: error.status, reason, details }
    }
    return {
      code: ErrorCode.internal,
      status: error.status,
      message: error.message,
      reason: null,
      requestId: null,
      details: [],
    }
  }
  return {
    code: ErrorCode.internal,
    status: 0,
    message: String(error),
    reason: null,
    requestId: null,
    details: [],
  }
}

function decodeError(body: unknown, status: number): ORPCError<string, ErrorBody> | null {
  const parsed = ErrorBody.safeParse(body)
  if (!parsed.success) return null
  const { code, message } = parsed.data
  return new ORPCError(code, { status, message, data: parsed.data })
}
