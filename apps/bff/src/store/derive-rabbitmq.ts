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
  const vhostsRead = new Set<string>()
  for (const [key, queue] of slot.reading.data) {
    if (queue.type === 'stream') continue
    const historyKey = queueHistoryKey(clusterId, key)
    kept.add(historyKey)
    vhostsRead.add(vhostIn(key))
    derived.backlog.record(historyKey, queue.messages, slot.reading.observedAt)
  }
  if (!slot.reading.completeness.complete) return
  // A sweep of one vhost says nothing about the others: their history stays until a whole sweep.
  const prefix = queueHistoryKey(clusterId, '')
  derived.backlog.prune(prefix, {
    has: (key) => kept.has(key) || !vhostsRead.has(vhostIn(key.slice(prefix.length))),
  })
}

/** The vhost in a queue's key, encoded as it stands there. */
function vhostIn(key: string): string {
  return key.slice(0, key.indexOf('/'))
}
