import type { RabbitmqOverview } from '@weir/contract'
import type { RabbitmqOverviewReading } from '@weir/drivers'
import { queueRows } from './rabbitmq-queues.ts'
import { inVhosts, rabbitmqScope } from './rabbitmq-scope.ts'
import { sumOf } from './sums.ts'
import { onlyPart, type Part, type ViewDefinition, waiting } from './view-definition.ts'

export const rabbitmqOverview: ViewDefinition = {
  sources: () => ['rabbitmq.totals', 'rabbitmq.overview', 'rabbitmq.stats'],
  project(parts) {
    const record = overview(onlyPart(parts))
    return record ? { status: 'record', record } : waiting
  },
}

/** Counted from the instance's own queues; what is the cluster's alone (nodes) is null for a share of it. */
function overview(part: Part): RabbitmqOverview | null {
  const rows = queueRows(part)
  const cluster = part.slot('rabbitmq.overview')?.reading?.data ?? null
  if (!rows) return null
  const whole = 'all' in rabbitmqScope(part)
  const waitingRows = rows.filter((row) => row.type !== 'stream')
  return {
    version: cluster?.version ?? null,
    erlangVersion: whole ? (cluster?.erlangVersion ?? null) : null,
    clusterName: whole ? (cluster?.clusterName ?? null) : null,
    nodes: whole && cluster ? [...cluster.nodes] : null,
    messages: sumOf(waitingRows, 'messages'),
    messagesReady: sumOf(waitingRows, 'messagesReady'),
    messagesUnacknowledged: sumOf(waitingRows, 'messagesUnacknowledged'),
    publishRate: whole ? (cluster?.publishRate ?? null) : sumOf(rows, 'publishRate'),
    deliverGetRate: whole ? (cluster?.deliverGetRate ?? null) : sumOf(rows, 'deliverGetRate'),
    ackRate: whole ? (cluster?.ackRate ?? null) : sumOf(rows, 'ackRate'),
    ...connectionCounts(part, cluster),
    queues: rows.length,
    consumers: sumOf(rows, 'consumers'),
  }
}

function connectionCounts(part: Part, cluster: RabbitmqOverviewReading | null) {
  const scope = rabbitmqScope(part)
  if (!cluster) return { connections: null, channels: null }
  if ('all' in scope) return { connections: cluster.connections, channels: cluster.channels }
  if (!cluster.connectionsByVhost) return { connections: null, channels: null }
  const own = [...cluster.connectionsByVhost]
    .filter(([vhost]) => inVhosts(scope, vhost))
    .map(([, counts]) => counts)
  return { connections: sumOf(own, 'connections'), channels: sumOf(own, 'channels') }
}
