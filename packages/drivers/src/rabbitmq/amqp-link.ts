import { type Channel, type ChannelModel, connect } from 'amqplib'
import type { AddressOf, RabbitmqTarget } from '../driver.ts'
import {
  BrokerAuthError,
  BrokerError,
  BrokerForbiddenError,
  BrokerTimeoutError,
  BrokerUnreachableError,
} from '../errors.ts'
import { tlsOptionsFor } from './http-exchange.ts'

const CONNECT_WITHIN_MS = 2_500
const CLOSE_WITHIN_MS = 1_000
const HEARTBEAT_SECONDS = 10

/** One AMQP connection to one vhost. */
export interface AmqpLink {
  /**
   * A channel of its own until it is given back. Its `error` events are taken care of: whoever waits for an answer on
   * it gets a rejection. Throws when the connection is gone.
   */
  takeChannel(): Promise<Channel>
  /** Kept for the next one; a channel that has closed must not be given back. */
  giveBack(channel: Channel): void
  /** Gone: it must be replaced. */
  readonly ended: boolean
  /** Orderly; without an answer, after a second at once. */
  close(): Promise<void>
  /** At once, for a broker that doesn't answer. */
  destroy(): void
}

/** Throws: BrokerAuthError, BrokerForbiddenError (the vhost), BrokerUnreachableError, BrokerTimeoutError. */
export async function openLink(
  url: string,
  vhost: string,
  { username, password, tls }: RabbitmqTarget,
  addressOf: AddressOf,
): Promise<AmqpLink> {
  const { protocol, hostname, port } = new URL(url)
  const secure = protocol === 'amqps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const number = port === '' ? (secure ? 5671 : 5672) : Number(port)
  const what = `AMQP at ${host}:${number}, vhost ${JSON.stringify(vhost)}`
  const end = new AbortController()
  // `signal` is the socket's own option: it ends it, whatever state amqplib is in.
  const socketOptions = {
    noDelay: true,
    clientProperties: { connection_name: 'Weir' },
    signal: end.signal,
    ...(secure && tlsOptionsFor(host, tls)),
  }
  let late = false
  const timer = setTimeout(() => {
    late = true
    end.abort()
  }, CONNECT_WITHIN_MS)
  try {
    const model = await connect(
      {
        protocol: secure ? 'amqps' : 'amqp',
        hostname: await addressOf(host),
        port: number,
        username,
        password,
        vhost: encodeURIComponent(vhost), // amqplib decodes it
        heartbeat: HEARTBEAT_SECONDS,
      },
      socketOptions,
    )
    return linkOf(model, end)
  } catch (error) {
    if (late) throw new BrokerTimeoutError(`${what} was not open within ${CONNECT_WITHIN_MS} ms`)
    end.abort()
    throw openingFault(error, what)
  } finally {
    clearTimeout(timer)
  }
}

/** amqplib tells refusals in the message alone, and of a refused vhost not even the reason. */
function openingFault(error: unknown, what: string): BrokerError {
  if (error instanceof BrokerError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (message.includes('ACCESS_REFUSED') || message.includes('ACCESS-REFUSED')) {
    return new BrokerAuthError(`${what} refused the login`)
  }
  if (message.includes('ConnectionOpenOk')) {
    return new BrokerForbiddenError(
      `${what} was refused: no such vhost, no right to it, or its limit is reached`,
    )
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : message
  return new BrokerUnreachableError(`${what}: ${code}`, { cause: error })
}

function linkOf(model: ChannelModel, end: AbortController): AmqpLink {
  const spare: Channel[] = []
  let ended = false
  const closed = new Promise<void>((resolve) => {
    model.on('close', () => {
      ended = true
      resolve()
    })
  })
  // Without a listener an error would end the process; `close` follows it.
  model.on('error', () => {})
  return {
    get ended() {
      return ended
    },
    async takeChannel() {
      return spare.pop() ?? openChannel(model, spare)
    },
    giveBack(channel) {
      spare.push(channel)
    },
    async close() {
      if (ended) return
      const late = setTimeout(() => end.abort(), CLOSE_WITHIN_MS)
      await Promise.race([model.close().catch(() => {}), closed])
      clearTimeout(late)
    },
    destroy() {
      ended = true
      end.abort()
    },
  }
}

async function openChannel(model: ChannelModel, spare: Channel[]): Promise<Channel> {
  const channel = await model.createChannel()
  channel.on('error', () => {})
  channel.on('close', () => {
    const index = spare.indexOf(channel)
    if (index >= 0) spare.splice(index, 1)
  })
  return channel
}
