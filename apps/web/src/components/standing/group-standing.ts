import type { KafkaGroupRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import type { Standing } from '../attention/object-state.tsx'

/** Kafka's own words for a group that is at rest. Any other but Stable is on its way to one of them. */
const atRest = new Set(['Empty', 'Dead'])

export function groupStanding({ state }: Pick<KafkaGroupRow, 'state'>, t: TFunction): Standing {
  if (state === null) return { tone: 'stale', word: t('kafka.groups.stateUnknown') }
  if (state === 'Stable') return { tone: 'ok', word: state }
  return { tone: atRest.has(state) ? 'idle' : 'look', word: state }
}
