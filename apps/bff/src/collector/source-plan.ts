import type { BrokerKind } from '@weir/contract'
import type { AnySource } from '@weir/drivers'

interface SourcePlan {
  /** While somebody watches. */
  readonly cadenceMs: number
  /** While nobody does; null: not at all. */
  readonly idleMs: number | null
}

/** How often each source is asked. */
export const sourcePlan: Readonly<Record<AnySource, SourcePlan>> = {
  'rabbitmq.totals': { cadenceMs: 1_000, idleMs: 15_000 },
  // The broker renews its statistics every 5 s: asking more often costs and tells nothing.
  'rabbitmq.stats': { cadenceMs: 5_000, idleMs: 15_000 },
  'rabbitmq.declares': { cadenceMs: 1_000, idleMs: null },
  'rabbitmq.overview': { cadenceMs: 5_000, idleMs: 15_000 },
  'rabbitmq.queue': { cadenceMs: 2_000, idleMs: null },
  'kafka.metadata': { cadenceMs: 30_000, idleMs: 30_000 },
  'kafka.offsets': { cadenceMs: 1_000, idleMs: 15_000 },
  'kafka.commits': { cadenceMs: 1_000, idleMs: 15_000 },
  'kafka.groups': { cadenceMs: 5_000, idleMs: 15_000 },
  'kafka.group': { cadenceMs: 2_000, idleMs: null },
  // Pushed by the broker on one connection that lives from start to stop, watched or not.
  'mqtt.sys': { cadenceMs: 2_000, idleMs: 2_000 },
  'mqtt.clients': { cadenceMs: 1_000, idleMs: 1_000 },
}

export function sourcesOfKind(kind: BrokerKind): AnySource[] {
  return (Object.keys(sourcePlan) as AnySource[]).filter((source) => source.startsWith(`${kind}.`))
}
