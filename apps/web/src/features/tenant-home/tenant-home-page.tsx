import type { Tenant } from '@weir/contract'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { attentionMeta, worstFirst } from '../../components/attention/attention-order.ts'
import { AttentionSection } from '../../components/attention/attention-section.tsx'
import { TableSkeleton } from '../../components/data-table/table-skeleton.tsx'
import { LiveView, useSourceHints } from '../../components/live-view.tsx'
import { Blank } from '../../components/notice.tsx'
import { Page, Section } from '../../components/page.tsx'
import { SummaryTable } from '../../components/summary/summary-table.tsx'
import { useLive } from '../../live/use-live.ts'

/** One tenant: what is wrong first, then each of its instances, then what else the route puts below. */
export function TenantHomePage({ tenant, children }: { tenant: Tenant; children?: ReactNode }) {
  const { t } = useTranslation()
  const subject = { tenantId: tenant.id }
  const summary = useLive(subject, { type: 'tenant' })
  const attention = useLive(subject, { type: 'attention' })
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
      title={tenant.name}
      meta={[count === undefined ? null : t('summary.instances', { count }), ...attentionMeta(wrong, t)]}
    >
      <AttentionSection live={attention} rows={wrong} instanceNames={names} />
      <Section title={t('summary.title')} note={t('summary.hint')}>
        <LiveView live={summary} skeleton={<TableSkeleton />}>
          {({ rows, series, observedAt }) =>
            rows.size === 0 ? (
              <Blank title={t('summary.none.title')}>
                <p>{t('summary.none.text')}</p>
              </Blank>
            ) : (
              <SummaryTable
                nameLabel={t('summary.columns.name')}
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
      {children}
    </Page>
  )
}
