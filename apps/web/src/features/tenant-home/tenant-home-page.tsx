import type { Tenant } from '@weir/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SummaryPage } from '../../components/summary/summary-page.tsx'

/** One tenant: what is wrong first, then each of its instances, then what else the route puts below. */
export function TenantHomePage({ tenant, children }: { tenant: Tenant; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <SummaryPage
      subject={{ tenantId: tenant.id }}
      view="tenant"
      title={tenant.name}
      countOf={(count) => t('summary.instances', { count })}
      section={t('summary.title')}
      nameLabel={t('summary.columns.name')}
      none={{ title: t('summary.none.title'), text: t('summary.none.text') }}
    >
      {children}
    </SummaryPage>
  )
}
