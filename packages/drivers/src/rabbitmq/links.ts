import type { AddressOf, RabbitmqTarget } from '../driver.ts'
import { AmqpLinks } from './amqp-links.ts'
import { FactsReader } from './broker-facts.ts'
import { ManagementClient } from './management-client.ts'
import type { QueueTotals } from './readings.ts'

/** What others may call of a class, so that tests can stand in for it. */
type Public<C> = Pick<C, keyof C>

/** What the sources of one driver share: its ways to the broker, and what one learns that another needs. */
export interface Links {
  readonly client: Public<ManagementClient>
  /** One per node: each tells its own queues. */
  readonly prometheus: readonly ManagementClient[]
  readonly amqp: Public<AmqpLinks>
  readonly facts: FactsReader
  /** The last totals sweep; passive declares need each queue's type. */
  lastTotals: ReadonlyMap<string, QueueTotals>
}

export function createLinks(target: RabbitmqTarget, addressOf: AddressOf): Links {
  const { management, prometheus, username, password, tls } = target
  const client = new ManagementClient({ urls: management, login: { username, password }, addressOf, tls })
  return {
    client,
    // Without a login: the endpoint asks for none unless it was told to, and often speaks plain HTTP.
    prometheus: prometheus.map((url) => new ManagementClient({ urls: [url], login: null, addressOf, tls })),
    amqp: new AmqpLinks(target, addressOf),
    facts: new FactsReader(client),
    lastTotals: new Map(),
  }
}

export async function closeLinks({ client, prometheus, amqp }: Links): Promise<void> {
  client.close()
  for (const node of prometheus) node.close()
  await amqp.close()
}
