import { connect as connectUrl, type IClientOptions, MqttClient } from 'mqtt'
import type { TlsOptions } from '../driver.ts'
import {
  brokenSocket,
  type ConnectFailure,
  closedUnanswered,
  notAnswered,
  refusedConnect,
} from './connect-errors.ts'
import { type MqttEndpoint, openSocket } from './endpoint.ts'

/** RabbitMQ 4 answers a wrong login only after 3 to 3.5 s, so less would take it for a dead broker. */
export const CONNECT_WITHIN_MS = 4_500

export interface ConnectRequest {
  readonly endpoint: MqttEndpoint
  /** What the guard on addresses answered for the endpoint's host. */
  readonly address: string
  readonly protocolVersion: 4 | 5
  readonly clientId: string
  readonly username: string | null
  readonly password: string | null
  readonly tls: TlsOptions | undefined
}

/**
 * One attempt with one version of the protocol. The client that it answers never reconnects by itself, and survives
 * its errors: whoever holds it listens to `close`.
 */
export function connectOnce(
  request: ConnectRequest,
  signal: AbortSignal,
): Promise<MqttClient | ConnectFailure> {
  const { name } = request.endpoint
  const { promise, resolve } = Promise.withResolvers<MqttClient | ConnectFailure>()
  let socketOpen = false
  const client = startClient(request, () => {
    socketOpen = true
  })
  const fail = (failure: ConnectFailure) => {
    client.end(true)
    resolve(failure)
  }
  const timer = setTimeout(() => fail(notAnswered(name, socketOpen, CONNECT_WITHIN_MS)), CONNECT_WITHIN_MS)
  const onAbort = () => fail(closedUnanswered(name))
  signal.addEventListener('abort', onAbort)

  client.on('connect', () => resolve(client))
  // Stays on: without a listener a late error would end the process.
  client.on('error', (error) => {
    const answered = 'code' in error && typeof error.code === 'number'
    fail(answered ? refusedConnect(error, name) : brokenSocket(error, name))
  })
  const onClose = () => fail(closedUnanswered(name))
  client.on('close', onClose)

  return promise.finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    client.off('close', onClose)
  })
}

function startClient(request: ConnectRequest, onOpen: () => void): MqttClient {
  const { endpoint, address, tls } = request
  const open = () => openSocket(endpoint, address, tls).once('connect', onOpen)
  const options = optionsOf(request)
  if (!endpoint.webSocket) return new MqttClient(open, options)
  // The URL gives the Host header; the socket is ours.
  return connectUrl(`${endpoint.name}${endpoint.path}`, { ...options, wsOptions: { createConnection: open } })
}

function optionsOf(request: ConnectRequest): IClientOptions {
  const { protocolVersion, clientId, username, password } = request
  return {
    protocolVersion,
    clientId,
    clean: true,
    // For the broker's sake alone: whether it lives is watched more closely (liveness.ts).
    keepalive: KEEP_ALIVE_SECONDS,
    connectTimeout: 2 * CONNECT_WITHIN_MS, // ours comes first
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(protocolVersion === 5 ? { properties: { topicAliasMaximum: 10 } } : {}),
  }
}

export const KEEP_ALIVE_SECONDS = 15
