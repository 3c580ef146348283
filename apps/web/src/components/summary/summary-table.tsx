import { useTranslation } from 'react-i18next'
import styles from '../plain-table.module.css'
import { useIsPhone } from '../use-screen.ts'
import { SummaryLines } from './summary-lines.tsx'
import { SummaryTableRow } from './summary-row.tsx'
import type { SummaryTableProps } from './summary-table-props.ts'

/** Three brokers in one vocabulary, a row each. */
export function SummaryTable(props: SummaryTableProps) {
  const { t } = useTranslation()
  const isPhone = useIsPhone()
  if (isPhone) return <SummaryLines {...props} />
  const column = (
    name: 'in' | 'out' | 'consumers' | 'oldest' | 'drain' | 'chart',
    width: number,
    hint?: string,
  ) => (
    <th className={styles.number} style={{ width }} title={hint}>
      {t(`summary.columns.${name}`)}
    </th>
  )
  return (
    <table className={`${styles.table} ${styles.hover}`} aria-label={t('summary.title')}>
      <thead>
        <tr>
          <th>{props.nameLabel}</th>
          <th style={{ width: 190 }}>{t('summary.columns.state')}</th>
          <th
            className={`${styles.number} ${styles.slotted}`}
            style={{ width: 92 }}
            title={t('summary.hints.backlog')}
          >
            {t('summary.columns.backlog')}
          </th>
          {column('in', 82)}
          {column('out', 82)}
          {column('consumers', 128)}
          {column('oldest', 104, t('summary.hints.oldest'))}
          {column('drain', 104, t('summary.hints.drain'))}
          {column('chart', 152)}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <SummaryTableRow key={row.key} row={row} {...props} />
        ))}
      </tbody>
    </table>
  )
}
