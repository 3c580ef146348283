import type { MqttClient } from 'mqtt'
import type { AddressOf, MqttTarget } from '../driver.ts'
import { BrokerError, BrokerTimeoutError, BrokerUnreachableError } from '../errors.ts'
import type { ConnectFailure } from './connect-errors.ts'
import { connectOnce } from './connect-once.ts'
import { type MqttEndpoint, parseEndpoint } from './endpoint.ts'

export interface Connected {
  readonly client: MqttClient
  readonly endpoint: MqttEndpoint
  readonly protocolVersion: 4 | 5
}

/** Connects to the first of the broker's addresses that answers, in the newest version that it takes. */
export class BrokerConnector {
  readonly #target: MqttTarget
  readonly #addressOf: AddressOf
  /**
   * Where to begin. MQTT 5, unless the broker left a CONNECT in it unanswered and has never taken one: some hang on it,
   * and asking both versions one after the other would tell of a frozen broker only after twice the time.
   */
  #first: 4 | 5 = 5
  #tookFive = false

  constructor(target: MqttTarget, addressOf: AddressOf) {
    this.#target = target
    this.#addressOf = addressOf
  }

  /** Throws: BrokerUnreachableError, BrokerTimeoutError, BrokerAuthError, BrokerRejectedError. */
  async connect(clientId: string, signal: AbortSignal): Promise<Connected> {
    let failure: BrokerError | null = null
    for (const url of this.#target.urls) {
      try {
        return await this.#connectTo(parseEndpoint(url), clientId, signal)
      } catch (error) {
        if (!(error instanceof BrokerError) || signal.aborted) throw error
        failure = error
      }
    }
    throw failure ?? new BrokerUnreachableError('the cluster has no MQTT address')
  }

  async #connectTo(endpoint: MqttEndpoint, clientId: string, signal: AbortSignal): Promise<Connected> {
    const first = await this.#attempt(endpoint, this.#first, clientId, signal)
    if (!('error' in first)) return first
    if (first.error instanceof BrokerTimeoutError && !this.#tookFive) this.#first = this.#first === 5 ? 4 : 5
    if (!first.versionRefused || this.#first === 4 || signal.aborted) throw first.error
    const second = await this.#attempt(endpoint, 4, clientId, signal)
    if (!('error' in second)) return second
    throw second.error
  }

  async #attempt(
    endpoint: MqttEndpoint,
    protocolVersion: 4 | 5,
    clientId: string,
    signal: AbortSignal,
  ): Promise<Connected | ConnectFailure> {
    const { username, password, tls } = this.#target
    const address = await this.#addressFor(endpoint)
    const request = { endpoint, address, protocolVersion, clientId, username, password, tls }
    const outcome = await connectOnce(request, signal)
    if ('error' in outcome) return outcome
    if (protocolVersion === 5) this.#tookFive = true
    return { client: outcome, endpoint, protocolVersion }
  }

  async #addressFor(endpoint: MqttEndpoint): Promise<string> {
    try {
      return await this.#addressOf(endpoint.host)
    } catch (error) {
      if (error instanceof BrokerError) throw error
      throw new BrokerUnreachableError(`"${endpoint.name}" has no address to connect to`, { cause: error })
    }
  }
}
