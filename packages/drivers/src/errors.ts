import { ErrorCode } from '@weir/contract'

/**
 * What a driver throws, and nothing else. It classifies itself: the collector's back-off reads `retryable`, the page
 * words `code`. The message says what was attempted, on what, and what came back; never a credential or a payload.
 */
export abstract class BrokerError extends Error {
  abstract readonly code: ErrorCode
  /** Whether asking again, unchanged, can succeed. */
  abstract readonly retryable: boolean
}

/** Nothing answers at the address. Retry: yes. */
export class BrokerUnreachableError extends BrokerError {
  override readonly name = 'BrokerUnreachableError'
  readonly code = ErrorCode.brokerUnreachable
  readonly retryable = true
}

/** Connected, then no answer within the time-out. Retry: yes. */
export class BrokerTimeoutError extends BrokerError {
  override readonly name = 'BrokerTimeoutError'
  readonly code = ErrorCode.brokerTimeout
  readonly retryable = true
}

/** The credentials are refused. Retry: not without new ones; the collector asks again rarely. */
export class BrokerAuthError extends BrokerError {
  override readonly name = 'BrokerAuthError'
  readonly code = ErrorCode.brokerAuth
  readonly retryable = false
}

/** Known, and not allowed this. Retry: no. */
export class BrokerForbiddenError extends BrokerError {
  override readonly name = 'BrokerForbiddenError'
  readonly code = ErrorCode.brokerForbidden
  readonly retryable = false
}

/** The object isn't there (or the broker hides it from us: some versions answer alike). Retry: no. */
export class BrokerNotFoundError extends BrokerError {
  override readonly name = 'BrokerNotFoundError'
  readonly code = ErrorCode.brokerNotFound
  readonly retryable = false
}

/** The broker understood and refused; `reason` is its own sentence. Retry: no. */
export class BrokerRejectedError extends BrokerError {
  override readonly name = 'BrokerRejectedError'
  readonly code = ErrorCode.brokerRejected
  readonly retryable = false
  readonly reason: string
  constructor(message: string, reason: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** An answer that isn't what this broker's versions give; the message names the path in it. Retry: yes. */
export class BrokerResponseError extends BrokerError {
  override readonly name = 'BrokerResponseError'
  readonly code = ErrorCode.brokerResponse
  readonly retryable = true
}
