import { queueKey } from '@weir/contract'
import { z } from 'zod'
import type { Demand, Reading, Wanted } from '../driver.ts'
import { pollEvery } from '../poll-every.ts'
import { completenessOf, takeReading } from './asking.ts'
import { type Confirmed, confirmAbsence, missingNote, nothingYet } from './confirm-absence.ts'
import type { Links } from './links.ts'
import { queuesPath } from './management-path.ts'
import type { QueueTotals } from './readings.ts'
import { StreamCounts } from './stream-counts.ts'
import { toldBoolean, toldNumber, toldObject, toldText } from './told-fields.ts'

export const TotalsRow = z
  .object({
    vhost: z.string(),
    name: z.string(),
    type: z.string(),
    state: toldText,
    durable: z.boolean(),
    auto_delete: z.boolean(),
    exclusive: toldBoolean,
    policy: toldText,
    arguments: toldObject,
    messages: toldNumber,
    messages_ready: toldNumber,
    messages_unacknowledged: toldNumber,
  })
  .transform(
    (row): QueueTotals => ({
      vhost: row.vhost,
      name: row.name,
      type: row.type,
      state: row.state,
      durable: row.durable,
      autoDelete: row.auto_delete,
      exclusive: row.exclusive,
      policy: row.policy,
      arguments: row.arguments ?? {},
      messages: row.messages,
      messagesReady: row.messages_ready,
      messagesUnacknowledged: row.messages_unacknowledged,
    }),
  )

/** The one vhost that is watched; null: several, or the whole cluster, in one sweep. */
export function onlyVhost({ scopes }: Wanted): string | null {
  return scopes?.length === 1 ? (scopes[0] ?? null) : null
}

/**
 * Every queue's depth in one sweep: classic queues are true to ~10 ms, quorum queues 2–5 s late. Streams have no
 * counts in it; with Prometheus endpoints, theirs are read there, where there are streams.
 */
export function watchTotals(
  links: Links,
  demand: Demand,
  signal: AbortSignal,
): AsyncIterable<Reading<ReadonlyMap<string, QueueTotals>>> {
  const streams = new StreamCounts(links.prometheus)
  let before: Confirmed<QueueTotals> = nothingYet()
  return pollEvery(demand, signal, (wanted, signal) =>
    takeReading(signal, async (asking) => {
      const vhost = onlyVhost(wanted)
      const path = queuesPath(vhost, { disable_stats: true, enable_queue_totals: true })
      const listed = new Map<string, QueueTotals>()
      await links.client.rows(asking, path, TotalsRow, (row) =>
        listed.set(queueKey(row.vhost, row.name), row),
      )
      before = confirmAbsence(before, listed, (row) => vhost === null || row.vhost === vhost)
      const { rows, note } = await streams.addTo(before.rows, asking)
      links.lastTotals = rows
      return { data: rows, completeness: completenessOf([missingNote(before), note]) }
    }),
  )
}
