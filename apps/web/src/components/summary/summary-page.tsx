import type { Subject } from '@weir/contract'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../../live/use-live.ts'
import { attentionMeta, worstFirst } from '../attention/attention-order.ts'
import { AttentionSection } from '../attention/attention-section.tsx'
import { TableSkeleton } from '../data-table/table-skeleton.tsx'
import { LiveView, useSourceHints } from '../live-view.tsx'
import { Blank } from '../notice.tsx'
import { Page, Section } from '../page.tsx'
import { SummaryTable } from './summary-table.tsx'

interface SummaryPageProps {
  subject: Subject
  view: 'tenant' | 'fleet'
  title: string
  /** How many rows there are, in words. */
  countOf: (count: number) => string
  section: string
  nameLabel: string
  /** Instead of rows, where there are none: why, and what next. */
  none: { title: string; text: string }
  /** What else stands below. */
  children?: ReactNode
}

/** Several instances at once: what is wrong first, then each of them in the words that the three brokers share. */
export function SummaryPage(props: SummaryPageProps) {
  const { t } = useTranslation()
  const summary = useLive(props.subject, { type: props.view })
  const attention = useLive(props.subject, { type: 'attention' })
  const summaryShown = 'snapshot' in summary ? summary.snapshot : null
  const attentionShown = 'snapshot' in attention ? attention.snapshot : null
  const wrong = useMemo(() => worstFirst(attentionShown?.rows.values() ?? []), [attentionShown?.rows])
  const names = useMemo(
    () => new Map([...(summaryShown?.rows.values() ?? [])].map((row) => [row.instanceId, row.name])),
    [summaryShown?.rows],
  )
  const sourceHints = useSourceHints(summaryShown?.sources)
  const count = summaryShown?.rows.size
  return (
    <Page
      title={props.title}
      meta={[count === undefined ? null : props.countOf(count), ...attentionMeta(wrong, t)]}
    >
      <AttentionSection live={attention} rows={wrong} instanceNames={names} />
      <Section title={props.section} note={t('summary.hint')}>
        <LiveView live={summary} skeleton={<TableSkeleton />}>
          {({ rows, series, observedAt }) =>
            rows.size === 0 ? (
              <Blank title={props.none.title}>
                <p>{props.none.text}</p>
              </Blank>
            ) : (
              <SummaryTable
                nameLabel={props.nameLabel}
                rows={[...rows.values()]}
                attention={wrong}
                series={series}
                observedAt={observedAt}
                sourceHints={sourceHints}
              />
            )
          }
        </LiveView>
      </Section>
      {props.children}
    </Page>
  )
}
