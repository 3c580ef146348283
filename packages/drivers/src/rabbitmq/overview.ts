import { z } from 'zod'
import type { Demand, Reading } from '../driver.ts'
import { BrokerForbiddenError } from '../errors.ts'
import { type Asking, completenessOf, takeReading } from './asking.ts'
import { type LastReading, pollAtMostEvery } from './at-most-every.ts'
import { seesCluster } from './broker-facts.ts'
import type { Links } from './links.ts'
import { managementPath } from './management-path.ts'
import type { RabbitmqNodeReading, RabbitmqOverviewReading } from './readings.ts'
import { MessageStats, rateOf, toldNumber, toldText } from './told-fields.ts'

const LEAST_MS = 5_000
/** The list of connections can't be summed up by the broker; beyond so many it costs too much to read. */
const MOST_CONNECTIONS = 5_000

const totals = { messages: toldNumber, messages_ready: toldNumber, messages_unacknowledged: toldNumber }
const objects = { connections: toldNumber, channels: toldNumber, queues: toldNumber, consumers: toldNumber }
const NO_TOTALS = { messages: null, messages_ready: null, messages_unacknowledged: null }
const NO_OBJECTS = { connections: null, channels: null, queues: null, consumers: null }

/** What isn't there is an empty array, or absent. */
const nothing = <T>(instead: T) =>
  z
    .unknown()
    .optional()
    .transform((): T => instead)

const Overview = z.object({
  rabbitmq_version: toldText,
  erlang_version: toldText,
  cluster_name: toldText,
  rates_mode: toldText,
  disable_stats: z.boolean().optional(),
  message_stats: MessageStats,
  queue_totals: z.union([z.object(totals), nothing(NO_TOTALS)]),
  object_totals: z.union([z.object(objects), nothing(NO_OBJECTS)]),
})

const Node = z.object({
  name: z.string(),
  running: z.boolean(),
  mem_used: toldNumber,
  mem_limit: toldNumber,
  disk_free: toldNumber,
  disk_free_limit: toldNumber,
  mem_alarm: z.boolean().optional(),
  disk_free_alarm: z.boolean().optional(),
  uptime: toldNumber,
})

const ConnectionRow = z.object({ vhost: z.string().optional(), channels: toldNumber })

export type OverviewMemory = { last: LastReading<RabbitmqOverviewReading> | null }

/** The cluster as a whole, at most once per 5 s: that is how often the broker looks at itself. */
export function watchOverview(
  links: Links,
  memory: OverviewMemory,
  demand: Demand,
  signal: AbortSignal,
): AsyncIterable<Reading<RabbitmqOverviewReading>> {
  return pollAtMostEvery(
    LEAST_MS,
    memory,
    demand,
    signal,
    () => 'overview',
    (_wanted, signal) =>
      takeReading(signal, async (asking) => {
        const [overview, nodes] = await Promise.all([
          links.client.get(asking, managementPath(['overview']), Overview),
          readNodes(links, asking),
        ])
        const connections = await readConnections(links, overview.object_totals.connections, asking)
        return {
          data: overviewReading(overview, nodes, connections),
          completeness: completenessOf([connections === null ? 'connections are not known by vhost' : null]),
        }
      }),
  )
}

function overviewReading(
  overview: z.infer<typeof Overview>,
  nodes: readonly RabbitmqNodeReading[],
  connectionsByVhost: RabbitmqOverviewReading['connectionsByVhost'],
): RabbitmqOverviewReading {
  const { message_stats, queue_totals, object_totals } = overview
  const statistics = overview.disable_stats !== true && overview.rates_mode !== 'none'
  return {
    version: overview.rabbitmq_version,
    erlangVersion: overview.erlang_version,
    clusterName: overview.cluster_name,
    statistics,
    nodes,
    messages: queue_totals.messages,
    messagesReady: queue_totals.messages_ready,
    messagesUnacknowledged: queue_totals.messages_unacknowledged,
    publishRate: rateOf(message_stats, 'publish_details', statistics),
    deliverGetRate: rateOf(message_stats, 'deliver_get_details', statistics),
    ackRate: rateOf(message_stats, 'ack_details', statistics),
    connections: object_totals.connections,
    channels: object_totals.channels,
    queues: object_totals.queues,
    consumers: object_totals.consumers,
    connectionsByVhost,
  }
}

/** None where our user may not see them. */
async function readNodes(links: Links, asking: Asking): Promise<readonly RabbitmqNodeReading[]> {
  try {
    const nodes = await links.client.get(asking, managementPath(['nodes']), z.array(Node))
    return nodes.map((node) => ({
      name: node.name,
      running: node.running,
      memoryBytes: node.mem_used,
      memoryLimitBytes: node.mem_limit,
      diskFreeBytes: node.disk_free,
      diskFreeLimitBytes: node.disk_free_limit,
      memoryAlarm: node.mem_alarm ?? false,
      diskAlarm: node.disk_free_alarm ?? false,
      uptimeMs: node.uptime,
    }))
  } catch (error) {
    if (error instanceof BrokerForbiddenError) return []
    throw error
  }
}

/** null: too many to read, or the list doesn't tell them all (rights; 4.3 without statistics lists none). */
async function readConnections(
  links: Links,
  total: number | null,
  asking: Asking,
): Promise<RabbitmqOverviewReading['connectionsByVhost']> {
  if (total === null || total > MOST_CONNECTIONS || !seesCluster(await links.facts.read(asking))) return null
  const byVhost = new Map<string, { connections: number; channels: number }>()
  const path = managementPath(['connections'], { columns: ['vhost', 'channels'] })
  await links.client.rows(asking, path, ConnectionRow, ({ vhost, channels }) => {
    if (vhost === undefined) return // still opening: it has no vhost yet
    const sum = byVhost.get(vhost) ?? { connections: 0, channels: 0 }
    sum.connections += 1
    sum.channels += channels ?? 0
    byVhost.set(vhost, sum)
  })
  return total > 0 && byVhost.size === 0 ? null : byVhost
}
