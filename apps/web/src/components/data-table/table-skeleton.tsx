import { useTranslation } from 'react-i18next'
import { useIsPhone } from '../use-screen.ts'
import styles from './data-table.module.css'

const rows = Array.from({ length: 8 }, (_, row) => row)
const cells = Array.from({ length: 7 }, (_, cell) => cell)
const PHONE_CELLS = 3

/** The shape of a table while its first rows are on their way. */
export function TableSkeleton() {
  const { t } = useTranslation()
  const isPhone = useIsPhone()
  return (
    <div className={isPhone ? undefined : styles.frame} role="status" aria-label={t('table.waiting')}>
      <table className={styles.table} aria-hidden="true">
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {cells.slice(0, isPhone ? PHONE_CELLS : cells.length).map((cell) => (
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
