import { setTimeout as delay } from 'node:timers/promises'
import type { IPublishPacket, MqttClient } from 'mqtt'
import {
  type BrokerError,
  BrokerResponseError,
  BrokerTimeoutError,
  BrokerUnreachableError,
} from '../errors.ts'
import type { Connected } from './connect-broker.ts'
import { KEEP_ALIVE_SECONDS } from './connect-once.ts'
import { type Liveness, SILENT_AFTER_MS, watchLiveness } from './liveness.ts'
import type { Observations } from './observations.ts'
import type { MqttClientReading } from './readings.ts'

const ROOT = '$SYS/broker/'
const FILTER = '$SYS/broker/#'
/** The broker sends the values of one tick in one go; so long after the first, all have come. */
const BURST_MS = 60
/** What is retained comes with the SUBACK: so long after it, there is none. */
const SYS_WITHIN_MS = 2_000
const LOG_WITHIN_MS = 1_000
const GOODBYE_MS = 500

const NO_SYS = 'the broker publishes no $SYS values, or these credentials may not read them'
const NO_SYS_RABBITMQ = 'RabbitMQ publishes no $SYS'
const SYS_REFUSED = 'these credentials may not subscribe to $SYS/broker/#'
const NO_LOG =
  'the broker publishes no log under $SYS/broker/log (log_dest topic), or these credentials may not read it'

/** One connection to the broker, from CONNACK to its end, feeding what the broker says into the observations. */
export class MonitorSession {
  readonly protocolVersion: 4 | 5
  readonly #client: MqttClient
  readonly #name: string
  readonly #observations: Observations
  readonly #liveness: Liveness
  readonly #ended = new AbortController()
  #endedBy: BrokerError | null = null
  #burst: NodeJS.Timeout | null = null

  constructor({ client, endpoint, protocolVersion }: Connected, observations: Observations) {
    this.#client = client
    this.#name = endpoint.name
    this.protocolVersion = protocolVersion
    this.#observations = observations
    this.#liveness = watchLiveness(client, () => {
      this.#end(new BrokerTimeoutError(`"${this.#name}" has sent nothing for ${SILENT_AFTER_MS} ms`))
    })
    client.on('message', (topic, payload, packet) => this.#onMessage(topic, payload, packet))
    client.on('disconnect', ({ reasonCode }) => {
      this.#end(
        new BrokerUnreachableError(`"${this.#name}" ended the connection with reason code ${reasonCode}`),
      )
    })
    client.on('error', (cause) => {
      this.#end(new BrokerUnreachableError(`the connection to "${this.#name}" broke`, { cause }))
    })
    client.on('close', () => {
      this.#end(new BrokerUnreachableError(`"${this.#name}" closed the connection`))
    })
  }

  /** Aborts when the connection has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal
  }

  /** Why it ended; null: it lives, or was closed by us. */
  get endedBy(): BrokerError | null {
    return this.#endedBy
  }

  /** When the broker last sent anything; epoch ms. */
  heardAt(): number {
    return this.#liveness.heardAt()
  }

  /**
   * Subscribes, and finds out what comes. `probe` connects a second time for a moment, which a broker that publishes
   * its log writes down.
   * Throws: BrokerTimeoutError, BrokerResponseError, or why the connection ended.
   */
  async start(self: MqttClientReading, probe: () => Promise<void>): Promise<void> {
    this.#observations.connected(self, Date.now())
    const granted = await this.#subscribe(FILTER, 0)
    if (granted >= 128) return this.#observations.noSys(SYS_REFUSED)
    this.#observations.subscribed(Date.now())
    void this.#findOut(probe).catch(() => {
      // The connection ended meanwhile: `endedBy` says why.
    })
  }

  /** Says goodbye; a broker that doesn't close its side in time is left all the same. */
  async close(): Promise<void> {
    this.#finish()
    const { stream } = this.#client
    if (stream.destroyed) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(() => stream.destroy(), GOODBYE_MS)
    stream.once('close', resolve)
    this.#client.end()
    await promise
    clearTimeout(timer)
  }

  async #findOut(probe: () => Promise<void>): Promise<void> {
    const { signal } = this.#ended
    await delay(LOG_WITHIN_MS, undefined, { signal })
    if (this.#observations.logAvailable === 'yes') return
    await delay(SYS_WITHIN_MS - LOG_WITHIN_MS, undefined, { signal })
    if (this.#observations.sysAvailable === 'undecided')
      return this.#observations.noSys(await this.#whyNoSys())
    // Our own subscription is a line too, but not of the types that are logged unless asked for; a connection is.
    await probe()
    await delay(LOG_WITHIN_MS, undefined, { signal })
    this.#observations.noLog(NO_LOG)
  }

  /** RabbitMQ lowers QoS 2 to 1 on every subscription. */
  async #whyNoSys(): Promise<string> {
    const granted = await this.#subscribe('$SYS/weir', 2).catch(() => null) // then it isn't known to be RabbitMQ
    return granted === 1 ? NO_SYS_RABBITMQ : NO_SYS
  }

  /** The code that the broker itself granted: MQTT.js' own list repeats what was asked. */
  #subscribe(filter: string, qos: 0 | 2): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const onEnd = () => reject(this.#endedBy ?? new BrokerUnreachableError(`"${this.#name}" was left`))
    const timer = setTimeout(() => {
      reject(new BrokerTimeoutError(`"${this.#name}" didn't answer SUBSCRIBE within ${SILENT_AFTER_MS} ms`))
    }, SILENT_AFTER_MS)
    this.ended.addEventListener('abort', onEnd)
    this.#client.subscribe(filter, { qos }, (error, _granted, packet) => {
      const code = packet?.granted[0]
      if (typeof code === 'number') resolve(code)
      else
        reject(new BrokerResponseError(`SUBSCRIBE to ${filter} on "${this.#name}" failed`, { cause: error }))
    })
    if (this.ended.aborted) onEnd()
    return promise.finally(() => {
      clearTimeout(timer)
      this.ended.removeEventListener('abort', onEnd)
    })
  }

  #onMessage(topic: string, payload: Buffer, packet: IPublishPacket): void {
    if (!topic.startsWith(ROOT)) return
    const name = topic.slice(ROOT.length)
    this.#observations.accept(name, payload.toString('utf8'), packet.retain, Date.now())
    if (name.startsWith('log/')) return
    this.#burst ??= setTimeout(() => {
      this.#burst = null
      this.#observations.endBurst(Date.now())
    }, BURST_MS)
  }

  #end(error: BrokerError): void {
    if (this.ended.aborted) return
    this.#endedBy = error
    this.#finish()
    this.#client.end(true)
  }

  #finish(): void {
    this.#liveness.stop()
    clearTimeout(this.#burst ?? undefined)
    this.#ended.abort()
  }
}

/** The row that we ourselves are in the broker's list of clients. */
export function selfReading(
  clientId: string,
  username: string | null,
  protocolVersion: 4 | 5,
  at: number,
): MqttClientReading {
  return {
    clientId,
    username,
    address: null,
    protocolVersion: protocolVersion === 5 ? '5.0' : '3.1.1',
    cleanStart: true,
    keepAlive: KEEP_ALIVE_SECONDS,
    connectedAt: at,
    subscriptions: [FILTER],
    drops: 0,
    takeovers: 0,
    recentConnects: [at],
    confirmed: true,
  }
}
