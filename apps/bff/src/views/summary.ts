import { type BrokerKind, ErrorCode, type SummaryRow } from '@weir/contract'
import type { AnySource } from '@weir/drivers'
import type { SummaryFigures } from './summary-figures.ts'
import { kafkaFigures } from './summary-kafka.ts'
import { mqttFigures } from './summary-mqtt.ts'
import { rabbitmqFigures } from './summary-rabbitmq.ts'
import type { Part, ViewDefinition } from './view-definition.ts'

interface KindSummary {
  /** Its first source is the one that tells whether the broker is alive. */
  readonly sources: readonly [AnySource, ...AnySource[]]
  figures(part: Part): SummaryFigures | null
}

const kinds: Readonly<Record<BrokerKind, KindSummary>> = {
  rabbitmq: {
    sources: ['rabbitmq.totals', 'rabbitmq.stats', 'rabbitmq.overview'],
    figures: rabbitmqFigures,
  },
  kafka: {
    sources: ['kafka.offsets', 'kafka.commits', 'kafka.groups', 'kafka.metadata'],
    figures: kafkaFigures,
  },
  mqtt: { sources: ['mqtt.sys', 'mqtt.clients'], figures: mqttFigures },
}

/** The source that tells whether an instance's broker is alive. */
export function primarySource(kind: BrokerKind): AnySource {
  return kinds[kind].sources[0]
}

/** One row per instance, in the words that the three brokers share. */
export const summary: ViewDefinition = {
  sources: (kind) => kinds[kind].sources,
  project: (parts) => ({ status: 'rows', rows: parts.map((part) => summarize(part)) }),
}

export const attention: ViewDefinition = {
  sources: (kind) => kinds[kind].sources,
  project: ([first, ...rest]) => {
    if (!first) return { status: 'rows', rows: [] }
    const ids = [first, ...rest].map((part) => part.instance.id)
    return { status: 'rows', rows: first.derived.attention.rows(ids) }
  },
}

export function summaryHistoryKey(instanceId: string): string {
  return `instance ${instanceId}`
}

const unknownFigures: SummaryFigures = {
  version: null,
  objects: null,
  backlog: null,
  inPerSecond: null,
  outPerSecond: null,
  consumers: null,
  oldestAgeMs: null,
}

export function summarize(part: Part): SummaryRow {
  const { instance, derived } = part
  const { trend, drainMs } = derived.backlog.outlook(summaryHistoryKey(instance.id))
  return {
    key: instance.id,
    instanceId: instance.id,
    clusterId: instance.clusterId,
    kind: instance.kind,
    name: instance.name,
    ...standing(part),
    ...(kinds[instance.kind].figures(part) ?? unknownFigures),
    trend,
    drainMs,
  }
}

function standing(part: Part): Pick<SummaryRow, 'state' | 'code' | 'since'> {
  if (part.unavailable !== null)
    return { state: 'unavailable', code: ErrorCode.brokerUnavailable, since: null }
  const slot = part.slot(primarySource(part.instance.kind))
  if (slot?.stale) {
    const { code, since } = slot.stale
    return { state: code === ErrorCode.brokerAuth ? 'refused' : 'stale', code, since }
  }
  return slot?.reading
    ? { state: 'live', code: null, since: null }
    : { state: 'waiting', code: ErrorCode.noReadingYet, since: null }
}
