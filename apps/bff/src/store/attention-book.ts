import type { AttentionRow } from '@weir/contract'

/** One thing that is wrong at this moment, before it has been held long enough to be worth a line. */
export type Finding = Pick<AttentionRow, 'rule' | 'severity' | 'object' | 'figures'> & {
  /** It must have held for so long before it is shown. */
  readonly holdMs: number
}

interface Entry {
  readonly firstAt: number
  lastAt: number
  row: AttentionRow
  readonly holdMs: number
}

/** What was wrong stays shown for so long after it was last seen: no flicker, and time to read it. */
const LINGER_MS = 15_000

/** What is wrong, by instance, with since when. Against flicker, a finding must hold before it shows and lingers after. */
export class AttentionBook {
  readonly #entries = new Map<string, Map<string, Entry>>()

  update(
    instance: { id: string; kind: AttentionRow['kind'] },
    findings: readonly Finding[],
    at: number,
  ): void {
    const entries = this.#entries.get(instance.id) ?? new Map<string, Entry>()
    this.#entries.set(instance.id, entries)
    for (const { holdMs, ...finding } of findings) {
      const key = JSON.stringify([finding.rule, instance.id, finding.object])
      const firstAt = entries.get(key)?.firstAt ?? at
      const row = { key, instanceId: instance.id, kind: instance.kind, since: firstAt, ...finding }
      entries.set(key, { firstAt, lastAt: at, row, holdMs })
    }
    for (const [key, entry] of entries) {
      const shown = entry.lastAt - entry.firstAt >= entry.holdMs
      if (entry.lastAt < at - (shown ? LINGER_MS : 0)) entries.delete(key)
    }
  }

  /** Whether time alone would change what is shown: something is yet to hold long enough, or about to be let go. */
  isUnsettled(instanceId: string): boolean {
    const entries = [...(this.#entries.get(instanceId)?.values() ?? [])]
    const newest = Math.max(...entries.map(({ lastAt }) => lastAt))
    return entries.some(({ firstAt, lastAt, holdMs }) => lastAt - firstAt < holdMs || lastAt < newest)
  }

  /** Worst first, then the longest standing. */
  rows(instanceIds: readonly string[]): AttentionRow[] {
    return instanceIds
      .flatMap((id) => [...(this.#entries.get(id)?.values() ?? [])])
      .filter((entry) => entry.lastAt - entry.firstAt >= entry.holdMs)
      .map((entry) => entry.row)
      .sort((a, b) => a.severity.localeCompare(b.severity) || a.since - b.since)
  }
}
