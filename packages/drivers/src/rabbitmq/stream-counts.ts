import { BrokerError } from '../errors.ts'
import type { Asking } from './asking.ts'
import type { ManagementClient } from './management-client.ts'
import type { QueueTotals } from './readings.ts'

const TIMEOUT_MS = 1_000
/** After a failure the endpoints are left alone: totals mustn't wait for them at each reading. */
const REST_MS = 15_000

interface Counts {
  messages: number | null
  messagesReady: number | null
  messagesUnacknowledged: number | null
}

const FIELDS = {
  rabbitmq_detailed_queue_messages: 'messages',
  rabbitmq_detailed_queue_messages_ready: 'messagesReady',
  rabbitmq_detailed_queue_messages_unacked: 'messagesUnacknowledged',
} as const satisfies Record<string, keyof Counts>

/** Counts of streams from `/metrics/detailed`, up to 5 s late, which the totals sweep lacks. */
export class StreamCounts {
  readonly #nodes: readonly ManagementClient[]
  #restUntil = 0

  constructor(nodes: readonly ManagementClient[]) {
    this.#nodes = nodes
  }

  /** The rows with the streams' counts filled in. Asks nothing where there are no streams or no endpoints. */
  async addTo(
    rows: ReadonlyMap<string, QueueTotals>,
    asking: Asking,
  ): Promise<{ rows: ReadonlyMap<string, QueueTotals>; note: string | null }> {
    const streams = [...rows].filter(([, row]) => row.type === 'stream')
    if (streams.length === 0 || this.#nodes.length === 0) return { rows, note: null }
    if (performance.now() < this.#restUntil)
      return { rows, note: 'streams are not counted: Prometheus failed' }
    try {
      const vhosts = [...new Set(streams.map(([, { vhost }]) => vhost))]
      const path = metricsPath(vhosts)
      const pages = await Promise.all(this.#nodes.map((node) => node.text(asking, path, TIMEOUT_MS)))
      return { rows: withCounts(rows, countsOf(streams, pages)), note: null }
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error
      this.#restUntil = performance.now() + REST_MS
      return { rows, note: 'streams are not counted: Prometheus failed' }
    }
  }
}

/** Without `vhost` the endpoint would tell every vhost. */
function metricsPath(vhosts: readonly string[]): string {
  const filter = vhosts.map((vhost) => `&vhost=${encodeURIComponent(vhost)}`).join('')
  return `/metrics/detailed?family=queue_coarse_metrics${filter}`
}

function withCounts(
  rows: ReadonlyMap<string, QueueTotals>,
  counts: ReadonlyMap<string, Counts>,
): ReadonlyMap<string, QueueTotals> {
  const merged = new Map(rows)
  for (const [key, count] of counts) {
    const row = merged.get(key)
    if (row !== undefined) merged.set(key, { ...row, ...count })
  }
  return merged
}

/**
 * By row key; summed over the nodes' pages. The labels of each stream are made and looked for as whole texts, and not
 * taken apart, for 3.10 writes quotes in names as they are: `queue="a"b"`.
 */
export function countsOf(
  streams: readonly (readonly [string, { vhost: string; name: string }])[],
  pages: readonly string[],
): Map<string, Counts> {
  const keyOf = new Map<string, string>()
  for (const [key, { vhost, name }] of streams) {
    keyOf.set(`vhost="${vhost}",queue="${name}"`, key)
    keyOf.set(`vhost="${escaped(vhost)}",queue="${escaped(name)}"`, key)
  }
  const counts = new Map<string, Counts>()
  for (const line of pages.flatMap((page) => page.split('\n'))) {
    const field = FIELDS[line.slice(0, line.indexOf('{')) as keyof typeof FIELDS]
    if (field === undefined) continue
    const end = line.lastIndexOf('} ')
    const key = keyOf.get(line.slice(line.indexOf('{') + 1, end))
    const value = Number(line.slice(end + 2))
    if (key === undefined || !Number.isFinite(value)) continue
    const count = counts.get(key) ?? { messages: null, messagesReady: null, messagesUnacknowledged: null }
    count[field] = (count[field] ?? 0) + value
    counts.set(key, count)
  }
  return counts
}

function escaped(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
