import type { RabbitmqQueueRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { queueStanding } from '../../components/standing/queue-standing.ts'
import { countText, formatExact } from '../../lib/format.ts'

/** What the table amounts to, beside its title. Streams keep their log, so they don't count as waiting. */
export function queuesMeta(rows: ReadonlyMap<string, RabbitmqQueueRow>, t: TFunction): readonly ReactNode[] {
  const queues = [...rows.values()]
  if (queues.length === 0) return []
  const waiting = queues
    .filter((row) => row.type !== 'stream')
    .reduce((sum, row) => sum + (row.messages ?? 0), 0)
  const troubled = queues.filter((row) => queueStanding(row, t).tone === 'act').length
  return [
    where(queues, t),
    <span key="waiting" title={formatExact(waiting)}>
      {t('rabbitmq.queues.waiting', { number: countText(waiting) })}
    </span>,
    troubled > 0 && <span className="act">{t('rabbitmq.queues.troubled', { count: troubled })}</span>,
  ]
}

function where(queues: readonly RabbitmqQueueRow[], t: TFunction): string {
  const vhosts = new Set(queues.map((row) => row.vhost))
  const [vhost] = vhosts
  if (vhosts.size === 1 && vhost !== undefined)
    return t('rabbitmq.queues.inVhost', { count: queues.length, vhost })
  return t('rabbitmq.queues.inVhosts', { queues: formatExact(queues.length), vhosts: vhosts.size })
}
