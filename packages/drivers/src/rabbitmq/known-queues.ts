import { parseQueueKey, queueKey } from '@weir/contract'
import { z } from 'zod'
import { BrokerAuthError, BrokerError } from '../errors.ts'
import { aFewAtATime } from './a-few-at-a-time.ts'
import type { Asking } from './asking.ts'
import type { Links } from './links.ts'
import { managementPath, queuesPath } from './management-path.ts'
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

/** One queue is asked for in 1–2 ms, a vhost of 5,000 in more than 100: so few are cheaper singly. */
const SINGLY = 50
const AT_A_TIME = 4

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

  /** Makes sure of `keys`, as far as they exist and may be seen; forgets all others. */
  async learn(keys: readonly string[], asking: Asking): Promise<void> {
    const wanted = new Set(keys)
    for (const key of this.#learned.keys()) if (!wanted.has(key)) this.#learned.delete(key)
    const unknown = keys.filter((key) => this.get(key) === undefined).map(parseQueueKey)
    const byVhost = [...Map.groupBy(unknown, ({ vhost }) => vhost)]
    const singly = byVhost.flatMap(([, queues]) => (queues.length <= SINGLY ? queues : []))
    const whole = byVhost.flatMap(([vhost, queues]) => (queues.length > SINGLY ? [vhost] : []))
    const take = ({ type, exclusive, state, ...named }: z.infer<typeof Row>) => {
      const key = queueKey(named.vhost, named.name)
      if (wanted.has(key)) this.#learned.set(key, { type, exclusive, state })
    }
    await Promise.all([
      aFewAtATime(AT_A_TIME, singly, ({ vhost, name }) =>
        orMissing(async () => take(await this.#links.client.get(asking, queuePath(vhost, name), Row))),
      ),
      aFewAtATime(AT_A_TIME, whole, (vhost) =>
        orMissing(() =>
          this.#links.client.rows(asking, queuesPath(vhost, { disable_stats: true }), Row, take),
        ),
      ),
    ])
  }
}

function queuePath(vhost: string, name: string): string {
  return managementPath(['queues', vhost, name], { disable_stats: true })
}

/** The queue or vhost is gone, not ours, or has no path: that costs its own rows. */
async function orMissing(ask: () => Promise<void>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    if (!(error instanceof BrokerError) || error.retryable || error instanceof BrokerAuthError) throw error
  }
}
