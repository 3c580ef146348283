import { queueRows } from './rabbitmq-queues.ts'
import type { SummaryFigures } from './summary-figures.ts'
import { sumOf } from './sums.ts'
import type { Part } from './view-definition.ts'

/** Backlog counts what waits for a consumer, so streams are left out: they keep their log. */
export function rabbitmqFigures(part: Part): SummaryFigures | null {
  const rows = queueRows(part)
  if (!rows) return null
  const queues = rows.filter((row) => row.type !== 'stream')
  return {
    version: part.slot('rabbitmq.overview')?.reading?.data.version ?? null,
    objects: rows.length,
    backlog: sumOf(queues, 'messages'),
    inPerSecond: sumOf(queues, 'publishRate'),
    outPerSecond: sumOf(queues, 'deliverGetRate'),
    consumers: sumOf(rows, 'consumers'),
    oldestAgeMs: oldestAge(
      part,
      queues.filter((row) => (row.consumers ?? 0) > 0).map((row) => row.key),
    ),
  }
}

/** Of queues with consumers alone: a parked dead-letter queue doesn't own the number. Null without timestamps. */
function oldestAge(part: Part, consumedKeys: readonly string[]): number | null {
  const stats = part.slot('rabbitmq.stats')?.reading
  if (!stats) return null
  const times = consumedKeys.flatMap((key) => stats.data.get(key)?.headMessageAt ?? [])
  return times.length > 0 ? Math.max(0, stats.observedAt - Math.min(...times)) : null
}
