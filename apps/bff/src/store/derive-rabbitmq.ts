import type { Derive } from './derived.ts'

/** The key of a queue's backlog history. */
export function queueHistoryKey(clusterId: string, queueKey: string): string {
  return `${clusterId} rabbitmq.queue ${queueKey}`
}

/** Rates come ready from RabbitMQ's own statistics; only each queue's depth is kept. Streams keep their log: no backlog. */
export const deriveRabbitmq: Derive = (clusterId, source, store, derived) => {
  if (source !== 'rabbitmq.totals') return
  const slot = store.get(clusterId, source)
  if (!slot?.reading || slot.stale) return
  const kept = new Set<string>()
  for (const [key, queue] of slot.reading.data) {
    if (queue.type === 'stream') continue
    const historyKey = queueHistoryKey(clusterId, key)
    kept.add(historyKey)
    derived.backlog.record(historyKey, queue.messages, slot.reading.observedAt)
  }
  // A sweep of one vhost says nothing about the others: their history stays until a whole sweep.
  if (slot.reading.completeness.complete) pruneVhostsRead(derived.backlog, clusterId, kept)
}

function pruneVhostsRead(
  backlog: { prune(prefix: string, keep: ReadonlySet<string>): void },
  clusterId: string,
  kept: ReadonlySet<string>,
): void {
  const prefix = queueHistoryKey(clusterId, '')
  const vhosts = new Set([...kept].map((key) => key.slice(prefix.length).split('/')[0] ?? ''))
  for (const vhost of vhosts) backlog.prune(`${prefix}${vhost}/`, kept)
}
