import { parseQueueKey, queueKey } from '@weir/contract'
import { z } from 'zod'
import { BrokerForbiddenError, BrokerNotFoundError } from '../errors.ts'
import type { Asking } from './asking.ts'
import type { Links } from './links.ts'
import { queuesPath } from './management-path.ts'
import { toldBoolean, toldText } from './told-fields.ts'

export interface KnownQueue {
  readonly type: string
  readonly exclusive: boolean | null
  readonly state: string | null
}

const Row = z.object({
  vhost: z.string(),
  name: z.string(),
  type: z.string(),
  exclusive: toldBoolean,
  state: toldText,
})

/** The types of queues: from the last totals sweep, or asked for where it doesn't hold them. */
export class KnownQueues {
  readonly #links: Links
  #learned = new Map<string, KnownQueue>()

  constructor(links: Links) {
    this.#links = links
  }

  get(key: string): KnownQueue | undefined {
    return this.#links.lastTotals.get(key) ?? this.#learned.get(key)
  }

  /** Makes sure of `keys`, with one request per vhost that has an unknown one; forgets all others. */
  async learn(keys: readonly string[], asking: Asking): Promise<void> {
    const wanted = new Set(keys)
    for (const key of this.#learned.keys()) if (!wanted.has(key)) this.#learned.delete(key)
    const unknown = keys.filter((key) => this.get(key) === undefined)
    const vhosts = new Set(unknown.map((key) => parseQueueKey(key).vhost))
    await Promise.all([...vhosts].map((vhost) => this.#learnVhost(vhost, wanted, asking)))
  }

  async #learnVhost(vhost: string, wanted: ReadonlySet<string>, asking: Asking): Promise<void> {
    const take = ({ type, exclusive, state, ...named }: z.infer<typeof Row>) => {
      const key = queueKey(named.vhost, named.name)
      if (wanted.has(key)) this.#learned.set(key, { type, exclusive, state })
    }
    try {
      await this.#links.client.rows(asking, queuesPath(vhost, { disable_stats: true }), Row, take)
    } catch (error) {
      // The vhost is gone or not ours: that costs its own rows.
      if (!(error instanceof BrokerNotFoundError || error instanceof BrokerForbiddenError)) throw error
    }
  }
}
