import type { RabbitmqQueueRow, ServerMessageOf, SourceState } from '@weir/contract'

export function queueRow(name: string, fields: Partial<RabbitmqQueueRow> = {}): RabbitmqQueueRow {
  return {
    key: `%2F/${name}`,
    vhost: '/',
    name,
    type: 'classic',
    state: 'running',
    messages: 0,
    messagesReady: 0,
    messagesUnacknowledged: 0,
    consumers: 0,
    publishRate: null,
    deliverGetRate: null,
    ackRate: null,
    durable: true,
    policy: null,
    trend: 'steady',
    drainMs: null,
    ...fields,
  }
}

export function source(fields: Partial<SourceState> = {}): SourceState {
  return { observedAt: 0, cadenceMs: 1_000, complete: true, note: null, stale: null, ...fields }
}

type Snapshot = ServerMessageOf<'snapshot'>
type Delta = ServerMessageOf<'delta'>

/** A snapshot of `rabbitmq.queues`, whose primary source is `totals`. */
export function snapshot(fields: Partial<Snapshot> & Pick<Snapshot, 'id' | 'observedAt'>): Snapshot {
  return {
    type: 'snapshot',
    epoch: 'e1',
    seq: 1,
    primary: 'totals',
    sources: { totals: source({ observedAt: fields.observedAt }) },
    data: [],
    ...fields,
  }
}

export function delta(fields: Partial<Delta> & Pick<Delta, 'id' | 'seq' | 'observedAt'>): Delta {
  return { type: 'delta', epoch: 'e1', ...fields }
}
