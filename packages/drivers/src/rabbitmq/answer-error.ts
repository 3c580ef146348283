import {
  BrokerAuthError,
  type BrokerError,
  BrokerForbiddenError,
  BrokerNotFoundError,
  BrokerRejectedError,
  BrokerResponseError,
  BrokerTimeoutError,
  BrokerUnreachableError,
} from '../errors.ts'
import type { HttpAnswer } from './http-exchange.ts'

/**
 * What an answer that isn't 2xx means; `what` says the request and the server.
 * RabbitMQ answers 401 both to wrong credentials (`not_authorized`) and to rights that are missing
 * (`not_authorised`), and from 4.3 on 404 where a vhost may not be seen.
 */
export function answerError(what: string, { status, body }: HttpAnswer): BrokerError {
  const { error, reason } = explanation(body)
  const message = `${what} answered ${status}${reason === null ? '' : ` (${reason})`}`
  switch (status) {
    case 401:
      return isWrongLogin(error, reason) ? new BrokerAuthError(message) : new BrokerForbiddenError(message)
    case 403:
      return new BrokerForbiddenError(message)
    case 404:
      return new BrokerNotFoundError(message)
    case 408:
    case 504:
      return new BrokerTimeoutError(message)
    case 429:
    case 502:
    case 503:
      return new BrokerUnreachableError(message)
  }
  if (status >= 400 && status < 500) return new BrokerRejectedError(message, reason ?? `HTTP ${status}`)
  return new BrokerResponseError(message)
}

/** Without an explanation it comes from a proxy, which knows logins alone. */
function isWrongLogin(error: string | null, reason: string | null): boolean {
  return error === null || error === 'not_authorized' || reason === 'Login failed'
}

function explanation(body: string): { error: string | null; reason: string | null } {
  try {
    const said: unknown = JSON.parse(body)
    if (typeof said !== 'object' || said === null) return { error: null, reason: null }
    return { error: text('error' in said && said.error), reason: text('reason' in said && said.reason) }
  } catch {
    return { error: null, reason: null } // a proxy's HTML page: the status says enough
  }
}

/** `reason` may be an array or an object (`{durable: "maybe"}` is answered so). */
function text(value: unknown): string | null {
  if (value === false || value === undefined || value === null) return null
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 300)
}
