import type { AuditEntry } from '@weir/contract'

/** What a change was done to, read from the sentence the server wrote down. */
export type ChangeTarget =
  | { readonly kind: 'queue'; readonly name: string; readonly vhost: string }
  | { readonly kind: 'topic'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string; readonly topic: string }
  | { readonly kind: 'user'; readonly name: string }
  /** Of a kind this page doesn't know: the sentence as it is. */
  | { readonly kind: 'other'; readonly name: string }

/** The changes that this page has words for. */
export const knownProcedures = {
  'rabbitmq.purgeQueue': 'purgeQueue',
  'kafka.createTopic': 'createTopic',
  'kafka.resetOffsets': 'resetOffsets',
  'mqtt.disableUser': 'disableUser',
  'mqtt.enableUser': 'enableUser',
} as const
type Procedure = keyof typeof knownProcedures

export function procedureOf({ procedure }: Pick<AuditEntry, 'procedure'>) {
  return isKnown(procedure) ? knownProcedures[procedure] : null
}

function isKnown(procedure: string): procedure is Procedure {
  return Object.hasOwn(knownProcedures, procedure)
}

export function targetOf({ procedure, target }: Pick<AuditEntry, 'procedure' | 'target'>): ChangeTarget {
  const other: ChangeTarget = { kind: 'other', name: target }
  switch (procedureOf({ procedure })) {
    case 'purgeQueue': {
      const [, name, vhost] = /^queue (.*) in vhost (.*)$/s.exec(target) ?? []
      return name !== undefined && vhost !== undefined ? { kind: 'queue', name, vhost } : other
    }
    case 'createTopic': {
      const [, name] = /^topic (.*)$/s.exec(target) ?? []
      return name === undefined ? other : { kind: 'topic', name }
    }
    case 'resetOffsets': {
      // A topic's name holds no space, so the last " on topic " is the server's own.
      const [, name, topic] = /^group (.*) on topic (\S+)$/s.exec(target) ?? []
      return name !== undefined && topic !== undefined ? { kind: 'group', name, topic } : other
    }
    case 'disableUser':
    case 'enableUser': {
      const [, name] = /^user (.*)$/s.exec(target) ?? []
      return name === undefined ? other : { kind: 'user', name }
    }
    case null:
      return other
  }
}

/** The one number that says how large a change was; null where it isn't told. */
export function sizeOf(entry: Pick<AuditEntry, 'procedure' | 'before' | 'after'>): number | null {
  switch (procedureOf(entry)) {
    case 'purgeQueue':
      return numberIn(entry.before, 'messagesReady')
    case 'createTopic':
      return numberIn(entry.after, 'partitions')
    case 'resetOffsets':
      return lengthIn(entry.before, 'offsets')
    case 'disableUser':
      return lengthIn(entry.before, 'clientIds')
    case 'enableUser':
    case null:
      return null
  }
}

function numberIn(values: AuditEntry['before'], name: string): number | null {
  const value = values?.[name]
  return typeof value === 'number' ? value : null
}

function lengthIn(values: AuditEntry['before'], name: string): number | null {
  const value = values?.[name]
  return Array.isArray(value) ? value.length : null
}

export interface MovedOffset {
  readonly partition: number
  readonly from: string | null
  readonly to: string | null
}

/** The offsets of a reset, partition by partition; null where this change has none. */
export function movedOffsets({ before, after }: Pick<AuditEntry, 'before' | 'after'>): MovedOffset[] | null {
  const from = offsetsIn(before)
  if (from === null) return null
  const to = new Map(offsetsIn(after)?.map(({ partition, offset }) => [partition, offset]))
  return from.map(({ partition, offset }) => ({ partition, from: offset, to: to.get(partition) ?? null }))
}

function offsetsIn(values: AuditEntry['before']): { partition: number; offset: string | null }[] | null {
  const rows = values?.offsets
  if (!Array.isArray(rows)) return null
  return rows.flatMap((row: unknown) => {
    if (typeof row !== 'object' || row === null || !('partition' in row) || !('offset' in row)) return []
    const { partition, offset } = row
    if (typeof partition !== 'number' || (typeof offset !== 'string' && offset !== null)) return []
    return [{ partition, offset }]
  })
}
