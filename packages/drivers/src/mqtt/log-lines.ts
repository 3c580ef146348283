/**
 * One line of `$SYS/broker/log/#`, read. Mosquitto writes names into its lines as they are, so a line can have several
 * readings: `candidates` lists them, likeliest first, and who knows the clients decides (presence.ts).
 */
export type LogEvent =
  /** A socket was accepted; no CONNECT yet. `address` is `address:port`. */
  | { readonly type: 'opened'; readonly address: string }
  | ConnectedEvent
  | { readonly type: 'disconnected'; readonly candidates: readonly Who[]; readonly reason: string }
  /** Another connection took the client id; the new one's `connected` follows. */
  | { readonly type: 'takenOver'; readonly candidates: readonly Who[] }
  /** The broker began to drop messages for a client that reads too slowly; said once per onset. */
  | { readonly type: 'dropping'; readonly candidates: readonly Who[] }
  | { readonly type: 'subscribed'; readonly candidates: readonly SubscriptionOf[] }
  | { readonly type: 'unsubscribed'; readonly candidates: readonly SubscriptionOf[] }

export interface ConnectedEvent {
  readonly type: 'connected'
  readonly clientId: string
  /** null: none given, or the line can be read in two ways and so doesn't prove it. */
  readonly username: string | null
  readonly address: string
  readonly protocolVersion: '3.1' | '3.1.1' | '5.0' | null
  readonly cleanStart: boolean
  /** Seconds; 0 means none. */
  readonly keepAlive: number
}

export interface Who {
  readonly clientId: string
  /** Told by Mosquitto 2.1 alone. */
  readonly address: string | null
}

export interface SubscriptionOf {
  readonly clientId: string
  readonly topicFilter: string
}

/** How 2.0 names a connection that closed before its CONNECT was accepted. */
export const UNKNOWN_CLIENT = '<unknown>'

/**
 * Reads one log message. `category` is the topic's end: `N`, `E`, `I`, `M/subscribe` … Lines of Mosquitto 2.0 and 2.1
 * are both understood. null: a line about something else, or one cut off at 1,000 characters.
 */
export function parseLogLine(category: string, line: string): LogEvent | null {
  if (category === 'M/subscribe') return subscribed(line)
  if (category === 'M/unsubscribe') return unsubscribed(line)
  if (category !== 'N' && category !== 'E' && category !== 'I') return null
  return aboutConnection(withoutTimestamp(line) ?? line)
}

function aboutConnection(text: string): LogEvent | null {
  const opened = /^New connection from (\S+) on port \d+\.$/.exec(text)?.[1]
  if (opened !== undefined) return { type: 'opened', address: opened }
  if (text.startsWith('New ')) return connected(text)
  const dropping = /^Outgoing messages are being dropped for client (.+)\.$/.exec(text)?.[1]
  if (dropping !== undefined) return { type: 'dropping', candidates: [{ clientId: dropping, address: null }] }
  return ended(text)
}

// `p` is 1, 2, 5 in Mosquitto 2.0 and 3, 4, 5 (the protocol's own numbers) in 2.1.
const protocolVersions = { 1: '3.1', 2: '3.1.1', 3: '3.1', 4: '3.1.1', 5: '5.0' } as const

const CONNECTED =
  /^New (?:client|bridge) connected from (\S+) as (.+) \(p(\d+), c([01]), k(\d+)(?:, u'(.*)')?\)\.$/
const CONNECTED_SHORTEST_ID =
  /^New (?:client|bridge) connected from \S+ as (.+?) \(p\d+, c[01], k\d+(?:, u'.*')?\)\.$/

function connected(text: string): ConnectedEvent | null {
  const match = CONNECTED.exec(text)
  if (match === null) return null
  const [, address = '', clientId = '', p, c, k, username] = match
  // A client id or a user name may hold what looks like the end of the line. Then a user name isn't proven, and a
  // tenant's list, which goes by it, must not be reached by inventing one.
  const ambiguous = CONNECTED_SHORTEST_ID.exec(text)?.[1] !== clientId
  return {
    type: 'connected',
    clientId,
    username: ambiguous ? null : (username ?? null),
    address,
    protocolVersion: protocolVersions[Number(p) as keyof typeof protocolVersions] ?? null,
    cleanStart: c === '1',
    keepAlive: Number(k),
  }
}

const ENDED_2_1 = /^Client (.+) \[([^\]]+)\] disconnected(?:: (.+))?\.$/
const TAKEN_OVER_2_0 = /^Client (.+) already connected, closing old connection\.$/
const ENDED_2_0 = [
  /^Client (.+) (closed its connection)\.$/,
  /^Client (.+) has (exceeded timeout), disconnecting\.$/,
  /^Client (.+) been disconnected by (administrative action)\.$/,
  /^Client (.+) disconnected(?:(?:: |, | due to )(.+))?\.$/,
  /^Bad socket read\/write on client (.+): (.+)$/,
  /^Socket (error) on client (.+), disconnecting\.$/,
]
const TAKEN_OVER = 'session taken over'

function ended(text: string): LogEvent | null {
  const old = TAKEN_OVER_2_0.exec(text)?.[1]
  if (old !== undefined) return { type: 'takenOver', candidates: [{ clientId: old, address: null }] }
  const newer = ended21(text)
  const older = ended20(text)
  const first = newer ?? older
  if (first === null) return null
  // On 2.0 a client id may itself end like a 2.1 line's ` [address]`.
  const candidates = [newer, older].flatMap((reading) => (reading === null ? [] : [reading.who]))
  if (first.reason === TAKEN_OVER) return { type: 'takenOver', candidates }
  return { type: 'disconnected', candidates, reason: first.reason }
}

interface Ended {
  readonly who: Who
  readonly reason: string
}

function ended21(text: string): Ended | null {
  const match = ENDED_2_1.exec(text)
  if (match === null) return null
  const [, clientId = '', address = '', reason = 'disconnected'] = match
  return { who: { clientId, address }, reason }
}

function ended20(text: string): Ended | null {
  for (const pattern of ENDED_2_0) {
    const match = pattern.exec(text)
    if (match === null) continue
    const [, first = '', second = 'disconnected'] = match
    const [clientId, reason] = first === 'error' ? [second, first] : [first, second]
    return { who: { clientId, address: null }, reason }
  }
  return null
}

function subscribed(line: string): LogEvent | null {
  const candidates = bodies(line).flatMap((body) => splits(body, / [012](?= )/g))
  return candidates.length === 0 ? null : { type: 'subscribed', candidates }
}

function unsubscribed(line: string): LogEvent | null {
  const candidates = bodies(line).flatMap((body) => splits(body, /(?= )/g))
  return candidates.length === 0 ? null : { type: 'unsubscribed', candidates }
}

/** An id with blanks splits in many ways; more than this many are not worth a look. */
const MAX_SPLITS = 16

function splits(body: string, separator: RegExp): SubscriptionOf[] {
  const found: SubscriptionOf[] = []
  for (const match of body.matchAll(separator)) {
    const clientId = body.slice(0, match.index)
    const topicFilter = body.slice(match.index + match[0].length + 1)
    if (clientId !== '' && topicFilter !== '') found.push({ clientId, topicFilter })
    if (found.length === MAX_SPLITS) break
  }
  return found
}

/** These lines have no fixed beginning, so what looks like a timestamp may be part of the client id. */
function bodies(line: string): string[] {
  const stripped = withoutTimestamp(line)
  return stripped === null ? [line] : [stripped, line]
}

// Epoch seconds, or whatever `log_timestamp_format` makes of the time: something with a digit in its first word (a day's
// or month's name aside), then `: `. No line of the broker's own begins so.
const TIMESTAMP = /^(?:(?:[A-Z][a-z]{2},? ){0,2}\S*\d)[^\n]{0,40}?: /

function withoutTimestamp(line: string): string | null {
  const prefix = TIMESTAMP.exec(line)?.[0]
  return prefix === undefined ? null : line.slice(prefix.length)
}
