import type { AttentionRow } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import type { LiveState } from '../../live/live-state.ts'
import { Section } from '../page.tsx'
import { AttentionList } from './attention-list.tsx'

interface AttentionSectionProps {
  live: LiveState<'attention'>
  /** Worst first. */
  rows: readonly AttentionRow[]
  instanceNames: ReadonlyMap<string, string>
}

/** The first thing on a home page. While it isn't known what is wrong, it says that, and never that nothing is. */
export function AttentionSection({ live, rows, instanceNames }: AttentionSectionProps) {
  const { t } = useTranslation()
  const isKnown = 'snapshot' in live && live.snapshot !== null
  return (
    <Section title={t('attention.title')} note={rows.length > 1 ? t('attention.worstFirst') : null}>
      {isKnown ? (
        <AttentionList rows={rows} instanceNames={instanceNames} />
      ) : (
        <p className="muted">{t('attention.unknown')}</p>
      )}
    </Section>
  )
}
