import type { ErrorWithReasonCode } from 'mqtt'
import {
  BrokerAuthError,
  type BrokerError,
  BrokerRejectedError,
  BrokerTimeoutError,
  BrokerUnreachableError,
} from '../errors.ts'

/** Reason codes of MQTT 5 and return codes of 3.1.1: bad credentials, not authorised, banned, bad method. */
const AUTH = new Set([4, 5, 134, 135, 138, 140])
/** Unsupported protocol version. */
const VERSION = new Set([1, 132])
/** Server unavailable, busy, moved, quota or connection rate exceeded. */
const AWAY = new Set([3, 136, 137, 151, 156, 157, 159])

/** What a CONNECT came to, other than a connection. */
export interface ConnectFailure {
  readonly error: BrokerError
  /** Another protocol version may fare better. */
  readonly versionRefused: boolean
}

/** The broker answered CONNECT with a refusal. */
export function refusedConnect(error: ErrorWithReasonCode, name: string): ConnectFailure {
  const said = `CONNECT to "${name}" was answered with reason code ${error.code}`
  const options = { cause: error }
  if (AUTH.has(error.code)) return certain(new BrokerAuthError(said, options))
  if (AWAY.has(error.code)) return certain(new BrokerUnreachableError(said, options))
  return {
    error: new BrokerRejectedError(said, error.message, options),
    versionRefused: VERSION.has(error.code),
  }
}

/** The socket couldn't be opened, or broke. */
export function brokenSocket(error: Error, name: string): ConnectFailure {
  const code = 'code' in error ? ` (${String(error.code)})` : ''
  return certain(new BrokerUnreachableError(`CONNECT to "${name}" failed${code}`, { cause: error }))
}

/** RabbitMQ before 4.0 closes the connection on an MQTT 5 CONNECT, without a word. */
export function closedUnanswered(name: string): ConnectFailure {
  return {
    error: new BrokerUnreachableError(`"${name}" closed the connection instead of answering CONNECT`),
    versionRefused: true,
  }
}

export function notAnswered(name: string, wasConnected: boolean, afterMs: number): ConnectFailure {
  return certain(
    wasConnected
      ? new BrokerTimeoutError(`"${name}" didn't answer CONNECT within ${afterMs} ms`)
      : new BrokerUnreachableError(`"${name}" took no connection within ${afterMs} ms`),
  )
}

function certain(error: BrokerError): ConnectFailure {
  return { error, versionRefused: false }
}
