import { useTranslation } from 'react-i18next'
import { SummaryPage } from '../../components/summary/summary-page.tsx'

/** Every cluster of the provider: what is wrong first. */
export function FleetPage() {
  const { t } = useTranslation()
  return (
    <SummaryPage
      subject={{ fleet: true }}
      view="fleet"
      title={t('summary.fleetTitle')}
      countOf={(count) => t('summary.clusters', { count })}
      section={t('summary.clustersTitle')}
      nameLabel={t('summary.columns.cluster')}
      none={{ title: t('summary.noClusters.title'), text: t('summary.noClusters.text') }}
    />
  )
}
