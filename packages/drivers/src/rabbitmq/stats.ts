import { queueKey } from '@weir/contract'
import { z } from 'zod'
import type { Demand, Reading } from '../driver.ts'
import { completenessOf, takeReading } from './asking.ts'
import { type LastReading, pollAtMostEvery } from './at-most-every.ts'
import { type Confirmed, confirmAbsence, missingNote, nothingYet } from './confirm-absence.ts'
import type { Links } from './links.ts'
import { queuesPath } from './management-path.ts'
import type { QueueStats } from './readings.ts'
import { MessageStats, rateOf, toldNumber, toldSeconds } from './told-fields.ts'
import { onlyVhost } from './totals.ts'

/** The broker samples its own statistics no more often. */
const LEAST_MS = 5_000
/** 5,000 queues take it one to three seconds. */
const TIMEOUT_MS = 4_000

/**
 * Without `columns` 3.10 answers everything (7 MB for 5,000 queues), and from 3.13 on a list that lacks
 * `head_message_timestamp`.
 */
const COLUMNS = [
  'vhost',
  'name',
  'consumers',
  'messages',
  'messages_ready',
  'messages_unacknowledged',
  'head_message_timestamp',
  'message_stats.publish_details.rate',
  'message_stats.deliver_get_details.rate',
  'message_stats.ack_details.rate',
]

const StatsRow = z.object({
  vhost: z.string(),
  name: z.string(),
  consumers: toldNumber,
  messages: toldNumber,
  messages_ready: toldNumber,
  messages_unacknowledged: toldNumber,
  head_message_timestamp: toldSeconds,
  message_stats: MessageStats,
})

function queueStats(row: z.infer<typeof StatsRow>, statistics: boolean): QueueStats {
  return {
    vhost: row.vhost,
    name: row.name,
    consumers: row.consumers,
    publishRate: rateOf(row.message_stats, 'publish_details', statistics),
    deliverGetRate: rateOf(row.message_stats, 'deliver_get_details', statistics),
    ackRate: rateOf(row.message_stats, 'ack_details', statistics),
    messages: row.messages,
    messagesReady: row.messages_ready,
    messagesUnacknowledged: row.messages_unacknowledged,
    headMessageAt: row.head_message_timestamp,
  }
}

export type StatsMemory = { last: LastReading<ReadonlyMap<string, QueueStats>> | null }

/** Rates, consumers and streams' counts from the broker's statistics, 5–10 s old by nature; read once per 5 s. */
export function watchStats(
  links: Links,
  memory: StatsMemory,
  demand: Demand,
  signal: AbortSignal,
): AsyncIterable<Reading<ReadonlyMap<string, QueueStats>>> {
  let before: Confirmed<QueueStats> = nothingYet()
  const what = (vhost: string | null) => queuesPath(vhost, { columns: COLUMNS })
  return pollAtMostEvery(
    LEAST_MS,
    memory,
    demand,
    signal,
    (wanted) => what(onlyVhost(wanted)),
    (wanted, signal) =>
      takeReading(signal, async (asking) => {
        const { statistics } = await links.facts.read(asking)
        const vhost = onlyVhost(wanted)
        const listed = new Map<string, QueueStats>()
        const take = (row: z.infer<typeof StatsRow>) =>
          listed.set(queueKey(row.vhost, row.name), queueStats(row, statistics))
        await links.client.rows(asking, what(vhost), StatsRow, take, TIMEOUT_MS)
        before = confirmAbsence(before, listed, (row) => vhost === null || row.vhost === vhost)
        return {
          data: before.rows,
          completeness: completenessOf([
            missingNote(before),
            statistics ? null : 'the broker keeps no statistics',
          ]),
        }
      }),
  )
}
