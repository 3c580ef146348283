import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls } from 'node:tls'
import type { TlsOptions } from '../driver.ts'
import { BrokerUnreachableError } from '../errors.ts'

/** Where a broker listens. */
export interface MqttEndpoint {
  readonly secure: boolean
  readonly webSocket: boolean
  readonly host: string
  readonly port: number
  /** Of a WebSocket listener. */
  readonly path: string
  /** For messages: `mqtt://host:port`. */
  readonly name: string
}

const schemes = {
  'mqtt:': { secure: false, webSocket: false, port: 1883 },
  'mqtts:': { secure: true, webSocket: false, port: 8883 },
  'ws:': { secure: false, webSocket: true, port: 80 },
  'wss:': { secure: true, webSocket: true, port: 443 },
} as const

/** Throws: BrokerUnreachableError where `url` is no `mqtt(s)://` or `ws(s)://host[:port][/path]`. */
export function parseEndpoint(url: string): MqttEndpoint {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const scheme = parsed === null ? undefined : schemes[parsed.protocol as keyof typeof schemes]
  if (parsed === null || scheme === undefined || parsed.hostname === '') {
    throw new BrokerUnreachableError('an MQTT address must be mqtt(s)://host:port or ws(s)://host:port')
  }
  const port = parsed.port === '' ? scheme.port : Number(parsed.port)
  return {
    ...scheme,
    port,
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    path: parsed.pathname === '' ? '/' : parsed.pathname + parsed.search,
    name: `${parsed.protocol}//${parsed.hostname}:${port}`,
  }
}

/** A socket to `address`; the certificate is checked against the endpoint's own name, or the one that `tls` gives. */
export function openSocket(endpoint: MqttEndpoint, address: string, tls: TlsOptions | undefined): Socket {
  const { port, secure } = endpoint
  if (!secure) return connectTcp({ host: address, port, noDelay: true })
  const serverName = tls?.serverName ?? endpoint.host
  return connectTls({
    host: address,
    port,
    ca: tls?.ca,
    cert: tls?.cert,
    key: tls?.key,
    // An address may not be sent as a server name, only checked as one.
    ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
    checkServerIdentity: (_, certificate) => checkServerIdentity(serverName, certificate),
  })
}
