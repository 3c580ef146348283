import type { AddressOf, BrokerDriver, Demand, RabbitmqTarget, Reading, SourceOf } from '../driver.ts'
import { readCapabilities } from './capabilities.ts'
import { watchDeclares } from './declares.ts'
import { watchDetail } from './detail.ts'
import { closeLinks, createLinks, type Links } from './links.ts'
import { managementPath } from './management-path.ts'
import { type OverviewMemory, watchOverview } from './overview.ts'
import type { RabbitmqReadings } from './readings.ts'
import { type StatsMemory, watchStats } from './stats.ts'
import { watchTotals } from './totals.ts'

export interface RabbitmqDriver extends BrokerDriver<'rabbitmq'> {
  /**
   * Throws away the ready messages of a classic or quorum queue; unacknowledged ones stay.
   * Over HTTP: on a stream AMQP would close the whole connection, HTTP refuses.
   * Throws: BrokerNotFoundError, BrokerForbiddenError, BrokerRejectedError (a stream), any other BrokerError.
   */
  purgeQueue(vhost: string, name: string, signal: AbortSignal): Promise<void>
}

type Watches = {
  readonly [S in SourceOf<'rabbitmq'>]: (
    demand: Demand,
    signal: AbortSignal,
  ) => AsyncIterable<Reading<RabbitmqReadings[S]>>
}

/** RabbitMQ from 3.9 on: the management API, and AMQP and Prometheus where the target names them. */
export function createRabbitmqDriver(target: RabbitmqTarget, addressOf: AddressOf): RabbitmqDriver {
  const links = createLinks(target, addressOf)
  const watches = watchesOf(links)
  const closing = new AbortController()
  return {
    kind: 'rabbitmq',
    capabilities: (signal) => readCapabilities(links, AbortSignal.any([signal, closing.signal])),
    watch: (source, demand, signal) => watches[source](demand, AbortSignal.any([signal, closing.signal])),
    async close() {
      closing.abort()
      await closeLinks(links)
    },
    async purgeQueue(vhost, name, signal) {
      const path = managementPath(['queues', vhost, name, 'contents'])
      await links.client.delete({ signal, requests: 0 }, path)
    },
  }
}

function watchesOf(links: Links): Watches {
  const stats: StatsMemory = { last: null }
  const overview: OverviewMemory = { last: null }
  return {
    'rabbitmq.totals': (demand, signal) => watchTotals(links, demand, signal),
    'rabbitmq.stats': (demand, signal) => watchStats(links, stats, demand, signal),
    'rabbitmq.declares': (demand, signal) => watchDeclares(links, demand, signal),
    'rabbitmq.overview': (demand, signal) => watchOverview(links, overview, demand, signal),
    'rabbitmq.queue': (demand, signal) => watchDetail(links, demand, signal),
  }
}
