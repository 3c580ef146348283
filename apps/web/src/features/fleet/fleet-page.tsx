import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { attentionMeta, worstFirst } from '../../components/attention/attention-order.ts'
import { AttentionSection } from '../../components/attention/attention-section.tsx'
import { TableSkeleton } from '../../components/data-table/table-skeleton.tsx'
import { LiveView, useSourceHints } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page, Section } from '../../components/page.tsx'
import { SummaryTable } from '../../components/summary/summary-table.tsx'
import { useLive } from '../../live/use-live.ts'

const fleet = { fleet: true } as const

/** Every cluster of the provider: what is wrong first. */
export function FleetPage() {
  const { t } = useTranslation()
  const summary = useLive(fleet, { type: 'fleet' })
  const attention = useLive(fleet, { type: 'attention' })
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
      title={t('summary.fleetTitle')}
      meta={[count === undefined ? null : t('summary.clusters', { count }), ...attentionMeta(wrong, t)]}
    >
      <AttentionSection live={attention} rows={wrong} instanceNames={names} />
      <Section title={t('summary.clustersTitle')} note={t('summary.hint')}>
        <LiveView live={summary} skeleton={<TableSkeleton />}>
          {({ rows, series, observedAt }) =>
            rows.size === 0 ? (
              <Blank title={t('summary.noClusters.title')}>
                <p>{t('summary.noClusters.text')}</p>
              </Blank>
            ) : (
              <SummaryTable
                nameLabel={t('summary.columns.cluster')}
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
    </Page>
  )
}
