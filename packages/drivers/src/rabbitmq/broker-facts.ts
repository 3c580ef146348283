import { z } from 'zod'
import type { Asking } from './asking.ts'
import type { ManagementClient } from './management-client.ts'
import { managementPath } from './management-path.ts'
import { toldText } from './told-fields.ts'

/** What rarely changes of a broker and of our user. */
export interface BrokerFacts {
  readonly version: string | null
  /** False: the broker keeps no statistics; rates and consumers are unknown then. */
  readonly statistics: boolean
  /** Our user's, as the broker words them: administrator, monitoring, policymaker, management. */
  readonly tags: ReadonlySet<string>
}

const FRESH_FOR_MS = 60_000

const Overview = z.object({
  rabbitmq_version: toldText,
  rates_mode: toldText,
  disable_stats: z.boolean().optional(),
})
/** An array from 3.9 on; a comma list before. */
const Whoami = z.object({
  tags: z.union([z.array(z.string()), z.string().transform((tags) => tags.split(','))]),
})

/** Asks for the facts at most once a minute. */
export class FactsReader {
  readonly #client: ManagementClient
  #known: { facts: BrokerFacts; at: number } | null = null

  constructor(client: ManagementClient) {
    this.#client = client
  }

  /** Throws: any BrokerError. */
  async read(asking: Asking): Promise<BrokerFacts> {
    if (this.#known !== null && performance.now() - this.#known.at < FRESH_FOR_MS) return this.#known.facts
    return this.readAnew(asking)
  }

  async readAnew(asking: Asking): Promise<BrokerFacts> {
    const [overview, whoami] = await Promise.all([
      this.#client.get(asking, managementPath(['overview']), Overview),
      this.#client.get(asking, managementPath(['whoami']), Whoami),
    ])
    const facts: BrokerFacts = {
      version: overview.rabbitmq_version,
      statistics: overview.disable_stats !== true && overview.rates_mode !== 'none',
      tags: new Set(whoami.tags.map((tag) => tag.trim())),
    }
    this.#known = { facts, at: performance.now() }
    return facts
  }
}

/** Whether the user sees nodes and everybody's connections. */
export function seesCluster({ tags }: BrokerFacts): boolean {
  return tags.has('monitoring') || tags.has('administrator')
}
