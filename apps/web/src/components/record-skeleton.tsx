import { useTranslation } from 'react-i18next'
import styles from './record-skeleton.module.css'

const places = [0, 1, 2, 3, 4, 5]

/** The shape of a detail page while its first reading is on its way. */
export function RecordSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={styles.row} role="status" aria-label={t('table.waiting')}>
      {places.map((place) => (
        <span key={place} className={styles.figure}>
          <i />
          <i />
        </span>
      ))}
    </div>
  )
}
