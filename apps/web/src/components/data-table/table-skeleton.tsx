import { useTranslation } from 'react-i18next'
import styles from './data-table.module.css'

const rows = Array.from({ length: 8 }, (_, row) => row)
const cells = Array.from({ length: 7 }, (_, cell) => cell)

/** The shape of a table while its first rows are on their way. */
export function TableSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={styles.frame} role="status" aria-label={t('table.waiting')}>
      <table className={styles.table} aria-hidden="true">
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {cells.map((cell) => (
                <td key={cell}>
                  <span className={styles.skeleton} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
