import type { KafkaGroupRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import type { Tone } from '../state-icon.tsx'

export function isFallingBehind(row: KafkaGroupRow): boolean {
  return row.trend === 'growing' && (row.lag ?? 0) > 0
}

/** The broker's own word, unless it falls behind, which matters more. */
export function groupStanding(row: KafkaGroupRow, t: TFunction): { tone: Tone; word: string } {
  if (isFallingBehind(row)) return { tone: 'look', word: t('kafka.groups.fallingBehind') }
  if (row.state === null) return { tone: 'stale', word: t('kafka.groups.stateUnknown') }
  if (row.state === 'Stable') return { tone: 'ok', word: row.state }
  return { tone: row.state === 'Empty' || row.state === 'Dead' ? 'idle' : 'look', word: row.state }
}
