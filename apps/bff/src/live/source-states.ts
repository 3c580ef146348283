import { ErrorCode, type SourceState } from '@weir/contract'
import type { AnySource } from '@weir/drivers'
import { sourcePlan } from '../collector/source-plan.ts'
import type { Part } from '../views/view-definition.ts'

export function sourceKey(clusterId: string, source: string): string {
  return `${clusterId} ${source}`
}

/**
 * How each source stands. One instance: by source name. Several: one state per instance, by its id: that of its first
 * source, since a reader of the summary asks how old the row is and not how it came about.
 */
export function sourceStates(
  parts: readonly Part[],
  sourcesOf: (part: Part) => readonly AnySource[],
): Record<string, SourceState> {
  const states: Record<string, SourceState> = {}
  for (const part of parts) {
    const sources = sourcesOf(part)
    if (parts.length > 1) {
      const [first] = sources
      if (first) states[part.instance.id] = stateOf(part, first)
    } else {
      for (const source of sources) states[source] = stateOf(part, source)
    }
  }
  return states
}

function stateOf(part: Part, source: AnySource): SourceState {
  const slot = part.slot(source)
  const { cadenceMs } = sourcePlan[source]
  if (part.unavailable !== null) {
    const stale = { since: 0, code: ErrorCode.brokerUnavailable }
    return { observedAt: null, cadenceMs, complete: false, note: part.unavailable, stale }
  }
  if (!slot) return { observedAt: null, cadenceMs, complete: false, note: null, stale: null }
  const completeness = slot.reading?.completeness
  return {
    observedAt: slot.reading?.observedAt ?? null,
    cadenceMs: slot.cadenceMs || cadenceMs,
    complete: completeness?.complete ?? false,
    note: completeness && !completeness.complete ? noteFor(part, completeness.note) : null,
    stale: slot.stale,
  }
}

/** What a driver says of the cluster may count or name what is others': a share of it is told that, and no more. */
function noteFor(part: Part, note: string): string {
  return 'all' in part.instance.scope ? note : 'the broker did not tell everything'
}

/** `ignoreAge`: the primary's age is the stream's own and needs no telling. */
export function sameSourceState(a: SourceState | undefined, b: SourceState, ignoreAge: boolean): boolean {
  return (
    a !== undefined &&
    (ignoreAge || a.observedAt === b.observedAt) &&
    a.cadenceMs === b.cadenceMs &&
    a.complete === b.complete &&
    a.note === b.note &&
    a.stale?.since === b.stale?.since &&
    a.stale?.code === b.stale?.code
  )
}
