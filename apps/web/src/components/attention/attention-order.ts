import type { AttentionRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import { createElement, type ReactNode } from 'react'

/** To act on before to look at; of each, the one that has lasted longest first. */
export function worstFirst(rows: Iterable<AttentionRow>): readonly AttentionRow[] {
  return [...rows].sort((a, b) => weight(a) - weight(b) || a.since - b.since)
}

function weight({ severity }: AttentionRow): number {
  return severity === 'act' ? 0 : 1
}

/** `1 to act on`, `2 to look at`: beside a page's title, and only where there are any. */
export function attentionMeta(rows: readonly AttentionRow[], t: TFunction): readonly ReactNode[] {
  const act = rows.filter((row) => row.severity === 'act').length
  const look = rows.length - act
  return [
    act > 0 && createElement('span', { className: 'act' }, t('summary.toAct', { count: act })),
    look > 0 && t('summary.toLook', { count: look }),
  ]
}
