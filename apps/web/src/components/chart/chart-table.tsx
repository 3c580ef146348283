import { useTranslation } from 'react-i18next'
import { formatTime } from '../../lib/format.ts'
import plain from '../plain-table.module.css'
import styles from './chart.module.css'
import { type ChartRow, type ChartSeries, tableRows } from './chart-series.ts'

interface ChartTableProps {
  label: string
  series: readonly ChartSeries[]
  rows: readonly ChartRow[]
  format: (value: number | null) => string
}

/** The chart's own numbers, every half minute, newest first. */
export function ChartTable({ label, series, rows, format }: ChartTableProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={styles.table} tabIndex={0} aria-label={label}>
      <table className={`${plain.table} ${plain.compact}`}>
        <thead>
          <tr>
            <th>{t('table.chart.time')}</th>
            {series.map(({ id, name }) => (
              <th key={id} className={plain.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableRows(rows).map(({ at, values }) => (
            <tr key={at}>
              <td>{formatTime(at)}</td>
              {series.map(({ id }) => {
                const value = values[id] ?? null
                return (
                  <td key={id} className={plain.number}>
                    {format(value === null ? null : Math.abs(value))}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
