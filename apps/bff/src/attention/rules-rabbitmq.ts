import type { RabbitmqQueueRow } from '@weir/contract'
import type { Finding } from '../store/attention-book.ts'
import { queueHistoryKey } from '../store/derive-rabbitmq.ts'
import { queueRows } from '../views/rabbitmq-queues.ts'
import { rabbitmqScope } from '../views/rabbitmq-scope.ts'
import type { Part } from '../views/view-definition.ts'
import { thresholds } from './thresholds.ts'

export function rabbitmqFindings(part: Part): Finding[] {
  const queues = queueRows(part) ?? []
  return [
    ...nodeFindings(part),
    ...queues
      .filter((queue) => queue.type !== 'stream')
      .flatMap((queue) => [
        ...bursting(part, queue),
        ...nearLimit(part, queue),
        ...withoutConsumers(part, queue),
      ]),
  ]
}

/** Nodes are the operators' own: a share of the cluster doesn't name them. */
function nodeFindings(part: Part): Finding[] {
  const nodes = part.slot('rabbitmq.overview')?.reading?.data.nodes ?? []
  if (!('all' in rabbitmqScope(part))) return []
  const { holdMs } = thresholds.node
  return nodes.flatMap((node): Finding[] => {
    const base = { severity: 'act', object: node.name, holdMs } as const
    const alarms = [...(node.memoryAlarm ? ['memory'] : []), ...(node.diskAlarm ? ['disk'] : [])]
    return [
      ...(node.running ? [] : [{ ...base, rule: 'nodeDown', figures: { name: node.name } } as const]),
      ...alarms.map(
        (alarm) => ({ ...base, rule: 'nodeAlarm', figures: { name: node.name, alarm } }) as const,
      ),
    ]
  })
}

/** Far above its own last 15 minutes, and growing. */
function bursting(part: Part, queue: RabbitmqQueueRow): Finding[] {
  const { timesUsual, leastMessages, leastHistory, holdMs } = thresholds.queueBursting
  if (queue.messages === null || queue.messages < leastMessages) return []
  const historyKey = queueHistoryKey(part.instance.clusterId, queue.key)
  const history = part.derived.backlog
    .points(historyKey)
    .flatMap(([, value]) => (value === null ? [] : [value]))
  if (history.length < leastHistory) return []
  const usualMessages = median(history)
  const { perSecond, trend } = part.derived.backlog.outlook(historyKey)
  if (trend !== 'growing' || queue.messages < timesUsual * Math.max(usualMessages, 1)) return []
  const { name, messages, publishRate, deliverGetRate, consumers } = queue
  const figures = { name, messages, usualMessages, perSecond, publishRate, deliverGetRate, consumers }
  return [{ rule: 'queueBursting', severity: 'look', object: queue.key, figures, holdMs }]
}

function nearLimit(part: Part, queue: RabbitmqQueueRow): Finding[] {
  const limit = part.slot('rabbitmq.totals')?.reading?.data.get(queue.key)?.arguments['x-max-length']
  if (typeof limit !== 'number' || limit <= 0 || queue.messagesReady === null) return []
  const share = queue.messagesReady / limit
  const { share: from, actShare, holdMs } = thresholds.queueNearLimit
  if (share < from) return []
  const figures = { name: queue.name, messages: queue.messagesReady, limit, share }
  const severity = share >= actShare ? 'act' : 'look'
  return [{ rule: 'queueNearLimit', severity, object: queue.key, figures, holdMs }]
}

/** Growing with nobody to read it. A dead-letter queue that merely holds messages doesn't grow. */
function withoutConsumers(part: Part, queue: RabbitmqQueueRow): Finding[] {
  const { leastMessages, holdMs } = thresholds.queueWithoutConsumers
  if (queue.consumers !== 0 || queue.messages === null || queue.messages < leastMessages) return []
  const { trend, perSecond } = part.derived.backlog.outlook(
    queueHistoryKey(part.instance.clusterId, queue.key),
  )
  if (trend !== 'growing') return []
  const figures = { name: queue.name, messages: queue.messages, perSecond }
  return [{ rule: 'queueWithoutConsumers', severity: 'look', object: queue.key, figures, holdMs }]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
