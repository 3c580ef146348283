import type { KafkaOverview } from '@weir/contract'
import { useTranslation } from 'react-i18next'
import { Bytes, Count } from '../../components/numbers.tsx'
import styles from '../../components/plain-table.module.css'
import { StateWord } from '../../components/state-word.tsx'

interface KafkaBrokersProps {
  brokers: NonNullable<KafkaOverview['brokers']>
  controllerId: number | null
}

export function KafkaBrokers({ brokers, controllerId }: KafkaBrokersProps) {
  const { t } = useTranslation()
  return (
    <table className={`${styles.table} ${styles.hover}`} aria-label={t('kafka.overview.brokers')}>
      <thead>
        <tr>
          <th>{t('kafka.overview.columns.id')}</th>
          <th>{t('kafka.overview.columns.state')}</th>
          <th>{t('kafka.overview.columns.address')}</th>
          <th className={styles.wide}>{t('kafka.overview.columns.rack')}</th>
          <th className={styles.number}>{t('kafka.overview.columns.leaders')}</th>
          <th className={`${styles.number} ${styles.wide}`}>{t('kafka.overview.columns.size')}</th>
        </tr>
      </thead>
      <tbody>
        {brokers.map((broker) => (
          <tr key={broker.id} data-key={broker.id}>
            <td className="strong">
              {broker.id}
              {broker.id === controllerId ? (
                <span className={styles.sub}>{t('kafka.overview.isController')}</span>
              ) : null}
            </td>
            <td>
              {broker.reachable ? (
                <StateWord tone="ok">{t('kafka.overview.reachable')}</StateWord>
              ) : (
                <StateWord tone="act">{t('kafka.overview.unreachable')}</StateWord>
              )}
            </td>
            <td className="muted">
              {broker.host}:{broker.port}
            </td>
            <td className={`muted ${styles.wide}`}>{broker.rack}</td>
            <td className={styles.number}>
              <Count value={broker.leaders} />
            </td>
            <td className={`${styles.number} ${styles.wide}`}>
              <Bytes value={broker.sizeBytes} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
