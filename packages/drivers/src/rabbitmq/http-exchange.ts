import * as http from 'node:http'
import * as https from 'node:https'
import { connect, isIP, type Socket } from 'node:net'
import * as tls from 'node:tls'
import type { AddressOf, TlsOptions } from '../driver.ts'
import { BrokerError, BrokerResponseError, BrokerTimeoutError, BrokerUnreachableError } from '../errors.ts'

/** Larger answers are refused: 100,000 queues in full are about 150 MB, and nothing here asks for that. */
const MAX_BODY_BYTES = 64 * 1024 * 1024

/** One `http(s)://host:port[/prefix]`, with its connections kept open. */
export interface Endpoint {
  /** `host:port`, for messages. */
  readonly name: string
  readonly secure: boolean
  readonly host: string
  readonly port: number
  /** Before every path; empty or `/something`. */
  readonly prefix: string
  readonly agent: http.Agent
}

export interface HttpQuestion {
  readonly method: 'GET' | 'DELETE'
  /** Already encoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  readonly body: string
}

export function createEndpoint(url: string, addressOf: AddressOf, options: TlsOptions | undefined): Endpoint {
  const { protocol, hostname, port, pathname } = new URL(url)
  const secure = protocol === 'https:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const number = port === '' ? (secure ? 443 : 80) : Number(port)
  const dial = async () => {
    const to = { host: await addressOf(host), port: number, noDelay: true, keepAlive: true }
    return secure ? tls.connect({ ...to, ...tlsOptionsFor(host, options) }) : connect(to)
  }
  return {
    name: `${host}:${number}`,
    secure,
    host,
    port: number,
    prefix: pathname.replace(/\/+$/, ''),
    agent: dialledBy(dial, secure),
  }
}

/** What `tls.connect` needs to check the certificate against the endpoint's name, whatever address is dialled. */
export function tlsOptionsFor(host: string, options: TlsOptions | undefined) {
  const name = options?.serverName ?? host
  return {
    ...(options?.ca !== undefined && { ca: options.ca }),
    ...(options?.cert !== undefined && { cert: options.cert }),
    ...(options?.key !== undefined && { key: options.key }),
    // An address can't stand in the greeting; the certificate is checked against it all the same.
    ...(isIP(name) === 0 && { servername: name }),
    checkServerIdentity: (_dialled: string, certificate: tls.PeerCertificate) =>
      tls.checkServerIdentity(name, certificate),
  }
}

/** An agent that opens its connections by `dial`, which may take its time: the guard on addresses is asked there. */
function dialledBy(dial: () => Promise<Socket>, secure: boolean): http.Agent {
  const agent = secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true })
  agent.createConnection = (_options, callback) => {
    dial().then(
      (socket) => callback?.(null, socket),
      // The type wants a socket beside the error; Node looks at the error alone.
      (error: Error) => callback?.(error, undefined as never),
    )
    return undefined
  }
  return agent
}

/**
 * One request, whole. A kept connection that the server had just closed is tried again on a new one.
 * Throws: BrokerUnreachableError, BrokerTimeoutError, BrokerResponseError; the signal's reason when aborted.
 */
export async function exchange(endpoint: Endpoint, question: HttpQuestion): Promise<HttpAnswer> {
  try {
    return await exchangeOnce(endpoint, question)
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error
  }
  return exchangeOnce(endpoint, question)
}

class StaleConnection extends Error {}

function exchangeOnce(endpoint: Endpoint, question: HttpQuestion): Promise<HttpAnswer> {
  const { method, path, headers, timeoutMs, signal } = question
  const what = `${method} ${path} at ${endpoint.name}`
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const request = (endpoint.secure ? https : http).request({
      agent: endpoint.agent,
      host: endpoint.host,
      port: endpoint.port,
      method,
      path: endpoint.prefix + path,
      headers,
    })
    const giveUp = (reason: unknown) => {
      stop()
      reject(reason)
      request.destroy()
    }
    const onAbort = () => giveUp(signal.reason)
    const timer = setTimeout(() => giveUp(lateness(request.socket, what, timeoutMs)), timeoutMs)
    const stop = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    signal.addEventListener('abort', onAbort)
    request.on('error', (error) => {
      const stale = request.reusedSocket && codeOf(error) === 'ECONNRESET'
      giveUp(stale ? new StaleConnection() : connectionFault(error, what))
    })
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MAX_BODY_BYTES)
          giveUp(new BrokerResponseError(`${what} answered more than ${MAX_BODY_BYTES} bytes`))
        chunks.push(chunk)
      })
      response.on('error', (error) => giveUp(connectionFault(error, what)))
      response.on('end', () => {
        stop()
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
      })
    })
    request.end()
  })
}

function lateness(socket: Socket | null, what: string, timeoutMs: number): BrokerError {
  const connected = socket !== null && !socket.connecting
  return connected
    ? new BrokerTimeoutError(`${what} was not answered within ${timeoutMs} ms`)
    : new BrokerUnreachableError(`${what}: no connection within ${timeoutMs} ms`)
}

function connectionFault(error: Error, what: string): BrokerError {
  if (error instanceof BrokerError) return error
  const code = codeOf(error)
  if (code?.startsWith('HPE_'))
    return new BrokerResponseError(`${what} answered no HTTP (${code})`, { cause: error })
  return new BrokerUnreachableError(`${what}: ${code ?? error.message}`, { cause: error })
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
