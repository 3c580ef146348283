import { ClientPast, type Past, recent, recentUntil } from './client-past.ts'
import {
  type ConnectedEvent,
  type LogEvent,
  type SubscriptionOf,
  UNKNOWN_CLIENT,
  type Who,
} from './log-lines.ts'
import type { MqttClientReading } from './readings.ts'

/** A connection that sent no CONNECT by then has been closed by the broker. */
const UNIDENTIFIED_FOR_MS = 120_000
/** Filters kept for one client. */
const MAX_SUBSCRIPTIONS = 1_000

/** Our monitors' client ids, of this process and of earlier ones. */
export const MONITOR_ID = /^weir-[0-9a-f]{16}$/

/**
 * What shows that a client is connected: a line about it since we listen (`log`); the broker's count, which left no
 * room for it to be gone (`count`); nothing but our own record (`none`, told as unconfirmed).
 */
type Proof = 'log' | 'count' | 'none'

interface Known {
  readonly client: MqttClientReading
  readonly proof: Proof
}

/** How the list stood against the broker's own count when the broker last told it. */
export type Reconciled =
  /** Not counted since we listen. */
  | { readonly status: 'uncounted' }
  | { readonly status: 'complete' }
  /** Some, `unseen` of them, were connected before we listened and have done nothing that the log tells. */
  | { readonly status: 'partial'; readonly unseen: number }
  /** Of `unconfirmed` clients, `gone` are not there any more, and nothing tells which. */
  | { readonly status: 'suspect'; readonly gone: number; readonly unconfirmed: number }

/**
 * Who is connected, from the lines of the broker's log, checked against the broker's count at each of its ticks.
 *
 * A client is listed from the first line that names it as connected until the line that ends it. Clients that are
 * known from before we listened (restored from a saved list, or held over a lost connection) are unconfirmed until
 * - a line of their own confirms or ends them;
 * - the broker's count equals ours: all are confirmed, by the count;
 * - the broker counts exactly as many fewer as are unconfirmed, twice in a row: all of these are gone;
 * - the broker turns out to have started since: all are gone.
 * Where the broker counts fewer than even the log has proven, lines were lost: all is unconfirmed again and `seenSince`
 * starts anew. The count includes connections that have sent no CONNECT yet (mosquitto, sys_tree.c), so these are
 * counted here too, from `New connection from`.
 */
export class Presence {
  readonly #clients = new Map<string, Known>()
  readonly #past = new ClientPast()
  /** What was last handed out, until something changes. */
  #list: { clients: ReadonlyMap<string, MqttClientReading>; goodUntil: number } | null = null
  /** Connections that have sent no CONNECT yet, and since when, oldest first. */
  readonly #unidentified = new Map<string, number>()
  #seenSince: number
  #self: string | null = null
  #tick: { known: number; unidentified: number; unconfirmed: readonly string[] } | null = null
  #excessBefore = 0
  #reconciled: Reconciled = { status: 'uncounted' }

  constructor(at: number) {
    this.#seenSince = at
  }

  get seenSince(): number {
    return this.#seenSince
  }

  get reconciled(): Reconciled {
    return this.#reconciled
  }

  /** Takes a saved list over, as unconfirmed. Clients already known are left as they are. */
  restore(clients: Iterable<MqttClientReading>): void {
    for (const client of clients) {
      if (!this.#clients.has(client.clientId)) this.#set(client.clientId, { client, proof: 'none' })
    }
  }

  /**
   * We are connected anew and about to listen; `self` is how we are connected. What was known becomes unconfirmed:
   * it may have ended while nobody listened.
   */
  listen(self: MqttClientReading, at: number): void {
    this.#self = self.clientId
    this.#doubtEverything(at)
    this.#unidentified.clear()
    this.#set(self.clientId, { client: { ...self, confirmed: true }, proof: 'log' })
  }

  /** The broker has taken our subscription: from now on nothing is missed. */
  listening(at: number): void {
    this.#seenSince = at
  }

  /** Takes one line in. True: the list has changed. */
  apply(event: LogEvent, at: number): boolean {
    switch (event.type) {
      case 'opened':
        this.#unidentified.set(event.address, at)
        return false
      case 'connected':
        return this.#connected(event, at)
      case 'disconnected':
        return this.#disconnected(event.candidates, at)
      case 'takenOver':
        return this.#change(event.candidates, at, (client) => ({ takeovers: client.takeovers + 1 }))
      case 'dropping':
        return this.#change(event.candidates, at, (client) => ({ drops: client.drops + 1 }))
      case 'subscribed':
        return this.#subscribed(event.candidates, at)
      case 'unsubscribed':
        return this.#unsubscribed(event.candidates, at)
    }
  }

  /** The broker was started anew since we last heard of it: nobody outlives that. True: the list has changed. */
  brokerRestarted(): boolean {
    return this.#forget(this.#unconfirmed())
  }

  /**
   * The broker was started at `startedAt`. A saved list has no uptime beside it, but whoever is in it was connected
   * when it was saved, so one client from before the start shows that the whole list is. True: the list has changed.
   */
  brokerStartedAt(startedAt: number, toleranceMs: number): boolean {
    const unconfirmed = this.#unconfirmed()
    const before = unconfirmed.some((clientId) => {
      const connectedAt = this.#clients.get(clientId)?.client.connectedAt ?? null
      return connectedAt !== null && connectedAt < startedAt - toleranceMs
    })
    return before && this.#forget(unconfirmed)
  }

  /** A tick of the broker has begun: what it tells next was counted at this moment. */
  beginTick(at: number): void {
    for (const [address, openedAt] of this.#unidentified) {
      if (openedAt < at - UNIDENTIFIED_FOR_MS) this.#unidentified.delete(address)
    }
    this.#tick = {
      known: this.#clients.size,
      unidentified: this.#unidentified.size,
      unconfirmed: this.#unconfirmed(),
    }
  }

  /** What the broker counted at the tick: `connected` of `clients/connected`. True: the list has changed. */
  endTick(connected: number, at: number): boolean {
    const tick = this.#tick
    this.#tick = null
    if (tick === null) return false
    const { known, unidentified, unconfirmed } = tick
    const unseen = connected - known
    const excess = -unseen
    const again = excess > 0 && excess === this.#excessBefore
    this.#excessBefore = Math.max(excess, 0)
    if (unseen === 0 || unseen === unidentified) {
      this.#reconciled = { status: 'complete' }
      return this.#confirm(unconfirmed)
    }
    if (excess > 0) return this.#tooMany(excess, again && unidentified === 0, unconfirmed, at)
    const explained = unseen <= unidentified && unconfirmed.length === 0
    this.#reconciled = explained ? { status: 'complete' } : { status: 'partial', unseen }
    return false
  }

  /** The list as it stands: the same objects as before where nothing changed, the map included. */
  clients(at: number): ReadonlyMap<string, MqttClientReading> {
    if (this.#list !== null && at < this.#list.goodUntil) return this.#list.clients
    const clients = new Map<string, MqttClientReading>()
    let goodUntil = Number.POSITIVE_INFINITY
    for (const [clientId, known] of this.#clients) {
      const client = asTold(known, at)
      clients.set(clientId, client)
      goodUntil = Math.min(goodUntil, recentUntil(client.recentConnects))
      if (client !== known.client) this.#set(clientId, { ...known, client })
    }
    this.#list = { clients, goodUntil }
    return clients
  }

  #connected(event: ConnectedEvent, at: number): boolean {
    const { clientId, type: _, ...told } = event
    this.#unidentified.delete(event.address)
    const before = this.#clients.get(clientId)?.client ?? this.#past.of(clientId, at)
    this.#put({
      clientId,
      ...told,
      connectedAt: at,
      // Only a session that both connections keep has its subscriptions still.
      subscriptions: !event.cleanStart && before.cleanStart === false ? before.subscriptions : [],
      drops: before.drops,
      takeovers: before.takeovers,
      recentConnects: [...recent(before.recentConnects, at), at],
      confirmed: true,
    })
    return true
  }

  #disconnected(candidates: readonly Who[], at: number): boolean {
    if (this.#neverIdentified(candidates)) return false
    const clientId = this.#which(candidates)
    const known = clientId === null ? undefined : this.#clients.get(clientId)
    if (clientId === null || known === undefined) return false
    this.#remove(clientId)
    this.#past.keep(known.client, at)
    return true
  }

  /**
   * A connection that ended before its CONNECT was accepted. 2.1 names it by the id it asked for, which may be that of
   * a client that stays connected, so the address decides; 2.0 tells neither, so the oldest is taken.
   */
  #neverIdentified(candidates: readonly Who[]): boolean {
    for (const { clientId, address } of candidates) {
      if (address !== null && this.#unidentified.delete(address)) return true
      if (clientId !== UNKNOWN_CLIENT) continue
      const oldest = this.#unidentified.keys().next().value
      if (oldest !== undefined) return this.#unidentified.delete(oldest)
    }
    return false
  }

  #subscribed(candidates: readonly SubscriptionOf[], at: number): boolean {
    const subscription = this.#whose(candidates)
    if (subscription === null) return false
    const { clientId, topicFilter } = subscription
    return this.#change([{ clientId, address: null }], at, ({ subscriptions }) => {
      if (subscriptions.includes(topicFilter) || subscriptions.length >= MAX_SUBSCRIPTIONS) return {}
      return { subscriptions: [...subscriptions, topicFilter] }
    })
  }

  #unsubscribed(candidates: readonly SubscriptionOf[], at: number): boolean {
    const subscription = this.#whose(candidates)
    if (subscription === null) return false
    const { clientId, topicFilter } = subscription
    return this.#change([{ clientId, address: null }], at, ({ subscriptions }) => ({
      subscriptions: subscriptions.filter((held) => held !== topicFilter),
    }))
  }

  /** A line of its own: whoever it names is connected, even if we never saw it come. */
  #change(
    candidates: readonly Who[],
    at: number,
    change: (client: MqttClientReading) => Partial<MqttClientReading>,
  ): boolean {
    const clientId = this.#which(candidates) ?? candidates[0]?.clientId
    if (clientId === undefined) return false
    const known = this.#clients.get(clientId)
    const client = known?.client ?? unseen(clientId, this.#past.of(clientId, at))
    const changed = change(client)
    if (known?.proof === 'log' && Object.keys(changed).length === 0) return false
    this.#put({ ...client, ...changed, confirmed: true })
    return true
  }

  #put(client: MqttClientReading): void {
    this.#set(client.clientId, { client, proof: 'log' })
  }

  /**
   * Which of the readings of a line is meant: the one whose address is as we know it; else the first that is known. An
   * address other than the log has told is another connection's.
   */
  #which(candidates: readonly Who[]): string | null {
    for (const { clientId, address } of candidates) {
      if (address !== null && this.#clients.get(clientId)?.client.address === address) return clientId
    }
    for (const { clientId, address } of candidates) {
      const known = this.#clients.get(clientId)
      if (known === undefined) continue
      if (address === null || known.client.address === null || known.proof !== 'log') return clientId
    }
    return null
  }

  #whose(candidates: readonly SubscriptionOf[]): SubscriptionOf | null {
    return candidates.find(({ clientId }) => this.#clients.has(clientId)) ?? candidates[0] ?? null
  }

  #confirm(clientIds: readonly string[]): boolean {
    let changed = false
    for (const clientId of clientIds) {
      const known = this.#clients.get(clientId)
      if (known?.proof !== 'none') continue
      this.#set(clientId, { ...known, proof: 'count' })
      changed = true
    }
    return changed
  }

  #tooMany(excess: number, certain: boolean, unconfirmed: readonly string[], at: number): boolean {
    this.#reconciled = { status: 'suspect', gone: excess, unconfirmed: unconfirmed.length }
    if (!certain) return false
    const monitors = unconfirmed.filter((clientId) => MONITOR_ID.test(clientId))
    // Our own former connections are the likeliest to be gone, and on a restart of ours the only ones that surely are.
    if (monitors.length === excess) return this.#forget(monitors)
    if (unconfirmed.length === excess) return this.#forget(unconfirmed)
    if (unconfirmed.length > excess) return false
    return this.#doubtMore(at)
  }

  /** More are gone than were in doubt: first those that only the count had confirmed, then everything. */
  #doubtMore(at: number): boolean {
    const counted = [...this.#clients].filter(([, { proof }]) => proof === 'count')
    if (counted.length === 0) {
      this.#doubtEverything(at)
      return true
    }
    for (const [clientId, known] of counted) this.#set(clientId, { ...known, proof: 'none' })
    return true
  }

  #doubtEverything(at: number): void {
    for (const [clientId, known] of this.#clients) {
      if (clientId !== this.#self) this.#set(clientId, { ...known, proof: 'none' })
    }
    this.#seenSince = at
    this.#tick = null
    this.#excessBefore = 0
    this.#reconciled = { status: 'uncounted' }
  }

  #forget(clientIds: readonly string[]): boolean {
    let changed = false
    for (const clientId of clientIds) {
      if (this.#clients.get(clientId)?.proof === 'none') changed = this.#remove(clientId) || changed
    }
    return changed
  }

  #set(clientId: string, known: Known): void {
    this.#clients.set(clientId, known)
    this.#list = null
  }

  #remove(clientId: string): boolean {
    this.#list = null
    return this.#clients.delete(clientId)
  }

  #unconfirmed(): string[] {
    return [...this.#clients].flatMap(([clientId, { proof }]) => (proof === 'none' ? [clientId] : []))
  }
}

function asTold({ client, proof }: Known, at: number): MqttClientReading {
  const recentConnects = recent(client.recentConnects, at)
  const confirmed = proof !== 'none'
  const same = recentConnects === client.recentConnects && confirmed === client.confirmed
  return same ? client : { ...client, recentConnects, confirmed }
}

function unseen(clientId: string, past: Past): MqttClientReading {
  return {
    ...past,
    clientId,
    username: null,
    address: null,
    protocolVersion: null,
    cleanStart: null,
    keepAlive: null,
    connectedAt: null,
    subscriptions: [],
    confirmed: true,
  }
}
