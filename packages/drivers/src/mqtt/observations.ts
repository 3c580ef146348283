import type { Completeness } from '../driver.ts'
import { COMPLETE } from '../driver.ts'
import { BootClock } from './boot-clock.ts'
import { parseLogLine } from './log-lines.ts'
import { News } from './news.ts'
import { Presence } from './presence.ts'
import type { MqttClientReading, MqttClientsReading, MqttSysReading } from './readings.ts'
import { SysTopics } from './sys-topics.ts'

/** A live uptime is told in whole seconds, and a moment late. */
const LIVE_TOLERANCE_MS = 5_000
/** A retained one is as old as the broker's `$SYS` interval, which is anybody's choice. */
const RETAINED_TOLERANCE_MS = 120_000

/** Whether a kind of message comes; `why` is a short English clause. */
export type Available = 'undecided' | 'yes' | { readonly why: string }

/**
 * What is known of one broker, from everything it said over all our connections to it. `sysNews` and `clientsNews`
 * tell that there is something new to read.
 */
export class Observations {
  readonly sysNews = new News()
  readonly clientsNews = new News()
  readonly #sys = new SysTopics()
  readonly #presence = new Presence(Date.now())
  readonly #boot = new BootClock()
  #clients: MqttClientsReading | null = null
  #sysAvailable: Available = 'undecided'
  #logAvailable: Available = 'undecided'
  /** A tick has come since we are connected: from then on it is known when values are counted. */
  #ticked = false

  restore(clients: readonly MqttClientReading[]): void {
    this.#presence.restore(clients)
  }

  /** We are connected, as `self`, and about to subscribe. */
  connected(self: MqttClientReading, at: number): void {
    this.#sysAvailable = 'undecided'
    this.#logAvailable = 'undecided'
    this.#ticked = false
    this.#sys.subscribing()
    this.#presence.listen(self, at)
  }

  /** The broker has taken our subscription. */
  subscribed(at: number): void {
    this.#presence.listening(at)
  }

  /** `name` is the topic below `$SYS/broker/`. `retained`: from the time before we subscribed. */
  accept(name: string, value: string, retained: boolean, at: number): void {
    if (name.startsWith('log/')) this.#acceptLine(name.slice('log/'.length), value, at)
    else this.#acceptValue(name, value, retained, at)
  }

  /** The values of one tick have come. */
  endBurst(at: number): void {
    const connected = this.#sys.number('clients/connected')
    // Told in any case: the reading's completeness may have changed.
    if (connected !== null) this.#presence.endTick(connected, at)
    this.sysNews.tell()
    this.clientsNews.tell()
  }

  get sysAvailable(): Available {
    return this.#sysAvailable
  }

  get logAvailable(): Available {
    return this.#logAvailable
  }

  /** Waits until it is known what comes, or for `signal` to abort. */
  async decided(signal: AbortSignal): Promise<void> {
    await this.sysNews.until(() => this.#sysAvailable !== 'undecided', signal)
    await this.clientsNews.until(() => this.#logAvailable !== 'undecided', signal)
  }

  get version(): string | null {
    return this.#sys.version
  }

  /** There is no `$SYS`: `why` says so in a short English clause. Values that came nevertheless win. */
  noSys(why: string): void {
    if (this.#sysAvailable === 'undecided') this.#sysAvailable = { why }
    this.noLog(why)
    this.sysNews.tell()
  }

  noLog(why: string): void {
    if (this.#logAvailable === 'undecided') this.#logAvailable = { why }
    this.clientsNews.tell()
  }

  readSys(): { data: MqttSysReading; completeness: Completeness } {
    return { data: this.#sys.reading(this.#countedAt()), completeness: completenessOf(this.#sysAvailable) }
  }

  readClients(at: number): { data: MqttClientsReading; completeness: Completeness } {
    const { seenSince } = this.#presence
    if (this.#logAvailable !== 'yes') {
      return { data: { clients: new Map(), seenSince }, completeness: completenessOf(this.#logAvailable) }
    }
    const clients = this.#presence.clients(at)
    // The same object while nothing changed, so that whoever made something of it needn't again.
    if (this.#clients?.clients !== clients || this.#clients.seenSince !== seenSince) {
      this.#clients = { clients, seenSince }
    }
    return { data: this.#clients, completeness: this.#clientsCompleteness(clients.size) }
  }

  #countedAt(): number | null {
    const seconds = this.#sys.uptime
    const { bootAt } = this.#boot
    if (seconds === null || bootAt === null || !this.#ticked) return null
    return Math.round(performance.timeOrigin + bootAt + seconds * 1_000)
  }

  #acceptLine(category: string, line: string, at: number): void {
    this.#logAvailable = 'yes'
    const event = parseLogLine(category, line)
    if (event === null) return
    if (event.type === 'subscribed') {
      for (const { topicFilter } of event.candidates) this.#sys.subscribed(topicFilter, at)
    }
    if (this.#presence.apply(event, at)) this.clientsNews.tell()
  }

  #acceptValue(name: string, value: string, retained: boolean, at: number): void {
    this.#sysAvailable = 'yes'
    this.#sys.accept(name, value, at)
    if (name === 'uptime') this.#acceptUptime(retained, at)
  }

  /** The first value of a tick. A retained one begins none: its count is of a moment when we weren't there. */
  #acceptUptime(retained: boolean, at: number): void {
    const seconds = this.#sys.uptime
    if (seconds === null) return
    const toleranceMs = retained ? RETAINED_TOLERANCE_MS : LIVE_TOLERANCE_MS
    if (this.#boot.restarted(seconds, performance.now(), toleranceMs)) {
      this.#presence.brokerRestarted()
      this.#sys.brokerRestarted()
    }
    this.#presence.brokerStartedAt(at - seconds * 1_000, toleranceMs)
    if (retained) return
    this.#ticked = true
    this.#sys.counted()
    this.#presence.beginTick(at)
  }

  #clientsCompleteness(seen: number): Completeness {
    const { reconciled, seenSince } = this.#presence
    switch (reconciled.status) {
      case 'complete':
        return COMPLETE
      case 'uncounted':
        return incomplete('not yet compared with the number that the broker counts')
      case 'partial': {
        const since = new Date(seenSince).toISOString().slice(11, 16)
        const connected = seen + reconciled.unseen
        return incomplete(`${seen} of ${connected} connected clients seen since ${since} UTC`)
      }
      case 'suspect':
        return incomplete(
          `${reconciled.gone} of the ${reconciled.unconfirmed} unconfirmed clients gone, unknown which`,
        )
    }
  }
}

function completenessOf(available: Available): Completeness {
  if (available === 'yes') return COMPLETE
  return incomplete(available === 'undecided' ? 'nothing has come yet' : available.why)
}

function incomplete(note: string): Completeness {
  return { complete: false, note }
}
