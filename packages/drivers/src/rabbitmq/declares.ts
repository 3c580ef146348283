import { parseQueueKey, queueKey } from '@weir/contract'
import type { Demand, Reading } from '../driver.ts'
import { pollEvery } from '../poll-every.ts'
import { type Asking, completenessOf, type Told, takeReading, untilAborted } from './asking.ts'
import { type KnownQueue, KnownQueues } from './known-queues.ts'
import type { Links } from './links.ts'
import { type Look, type Looker, lookAtQueues } from './look-at-queues.ts'
import type { QueueDeclared } from './readings.ts'

/** What is missing or refused isn't asked for again at once: each time costs a channel. */
const REST_MS = 5_000
/** A quorum queue that can't find its leader says 0/0 after 250 ms of trying. */
const SUSPICIOUS_MS = 200

/** The focused queues by passive declare: ready messages and consumers, live for every type but streams. */
export function watchDeclares(
  links: Links,
  demand: Demand,
  signal: AbortSignal,
): AsyncIterable<Reading<ReadonlyMap<string, QueueDeclared>>> {
  const declares = new Declares(links)
  return pollEvery(demand, signal, (wanted, signal) =>
    takeReading(signal, (asking) => untilAborted(signal, declares.read(wanted.keys, asking))),
  )
}

class Declares {
  readonly #links: Links
  readonly #known: KnownQueues
  readonly #restUntil = new Map<string, number>()
  #before: ReadonlyMap<string, QueueDeclared> = new Map()

  constructor(links: Links) {
    this.#links = links
    this.#known = new KnownQueues(links)
  }

  async read(keys: readonly string[], asking: Asking): Promise<Told<ReadonlyMap<string, QueueDeclared>>> {
    const told = new Map<string, QueueDeclared>()
    if (keys.length > 0 && !this.#links.amqp.available) {
      return { data: told, completeness: { complete: false, note: 'no AMQP endpoint is configured' } }
    }
    const rested = keys.filter((key) => !this.#rests(key))
    await this.#known.learn(rested, asking)
    const byVhost = Map.groupBy(
      rested.filter((key) => this.#canTell(key)),
      (key) => parseQueueKey(key).vhost,
    )
    await oneMayFail([...byVhost].map(([vhost, keys]) => this.#readVhost(vhost, keys, told, asking)))
    this.#before = told
    // A stream isn't missing: nothing tells it live, and its counts come with the totals.
    const left = keys.filter((key) => !told.has(key) && this.#known.get(key)?.type !== 'stream').length
    return {
      data: told,
      completeness: completenessOf([
        left === 0 ? null : `${left} of ${keys.length} queues are not told live`,
      ]),
    }
  }

  /** A stream answers an offset span, and another connection's exclusive queue closes the channel. */
  #canTell(key: string): boolean {
    const queue = this.#known.get(key)
    if (queue === undefined) this.#rest(key)
    return queue !== undefined && queue.type !== 'stream' && queue.exclusive !== true
  }

  async #readVhost(
    vhost: string,
    keys: readonly string[],
    told: Map<string, QueueDeclared>,
    asking: Asking,
  ): Promise<void> {
    const link = await this.#links.amqp.of(vhost)
    const names = keys.map((key) => parseQueueKey(key).name)
    await lookAtQueues(link, names, asking, async (name, look) => {
      const key = queueKey(vhost, name)
      const seen = await this.#see(key, name, look)
      if (seen === null) return
      told.set(key, { vhost, name, messagesReady: seen.messagesReady, consumers: seen.consumers })
    })
  }

  async #see(key: string, name: string, look: Looker): Promise<Look | null> {
    const first = await look(name)
    if (first === null) {
      this.#rest(key)
      return null
    }
    const queue = this.#known.get(key)
    if (queue?.type !== 'quorum' || !isNothing(first)) return first
    const before = this.#before.get(key)
    const second = before !== undefined && isNothing(before) ? first : await look(name)
    return second !== null && isNothing(second) && mayBeLeaderless(queue, [first, second]) ? null : second
  }

  #rest(key: string): void {
    this.#restUntil.set(key, performance.now() + REST_MS)
  }

  #rests(key: string): boolean {
    const until = this.#restUntil.get(key)
    if (until === undefined) return false
    if (until > performance.now()) return true
    this.#restUntil.delete(key)
    return false
  }
}

function isNothing({ messagesReady, consumers }: { messagesReady: number; consumers: number }): boolean {
  return messagesReady === 0 && consumers === 0
}

/** Then 0/0 doesn't mean that it is empty. */
function mayBeLeaderless({ state }: KnownQueue, looks: readonly Look[]): boolean {
  return state === 'minority' || state === 'down' || looks.some(({ tookMs }) => tookMs >= SUSPICIOUS_MS)
}

/** Waits for all; throws only when every one has failed. One vhost costs its own rows. */
async function oneMayFail(attempts: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(attempts)
  const faults = outcomes.filter((outcome) => outcome.status === 'rejected')
  if (faults.length > 0 && faults.length === outcomes.length) throw faults[0]?.reason
}
