import { useTranslation } from 'react-i18next'
import { rateText } from '../../lib/format.ts'
import lines from '../data-table/data-table.module.css'
import { Magnitude } from '../numbers.tsx'
import { SummaryName, SummarySparkline, SummaryState } from './summary-row.tsx'
import type { SummaryTableProps } from './summary-table-props.ts'

/** The same on a phone: two lines each. */
export function SummaryLines(props: SummaryTableProps) {
  const { t } = useTranslation()
  return (
    <ul className={lines.lines} aria-label={t('summary.title')}>
      {props.rows.map((row) => (
        <li
          key={row.key}
          className={`${lines.line} ${row.state === 'stale' ? lines.stale : ''}`}
          data-key={row.key}
        >
          <span className={lines.lineName}>
            <SummaryName row={row} />
            <small>
              <SummaryState row={row} attention={props.attention} />
            </small>
          </span>
          <span className={lines.lineFigure} data-field="backlog" data-value={row.backlog ?? ''}>
            <Magnitude value={row.backlog} inline />
          </span>
          <span className={lines.lineDetails}>
            <span>{t('summary.inRate', { rate: rateText(row.inPerSecond) })}</span>
            <span>{t('summary.outRate', { rate: rateText(row.outPerSecond) })}</span>
          </span>
          <SummarySparkline {...props} row={row} width={84} />
        </li>
      ))}
    </ul>
  )
}
