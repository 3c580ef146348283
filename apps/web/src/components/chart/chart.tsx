import { IconChartLine, IconTable } from '@tabler/icons-react'
import { lazy, Suspense, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'
import { Button } from '../button.tsx'
import styles from './chart.module.css'
import { type ChartRow, type ChartSeries, chartRows, figuresOf } from './chart-series.ts'
import { ChartTable } from './chart-table.tsx'
import { useIsOnScreen } from './use-is-on-screen.ts'

const Plot = lazy(() => import('./plot.tsx').then(({ Plot }) => ({ default: Plot })))

export interface ChartProps {
  title: string
  /** messages, records /s … */
  unit: string
  series: readonly ChartSeries[]
  /** One value in words: for the legend, the table and the sentence. */
  format: (value: number | null) => string
  /** When the newest point was told; epoch ms. */
  observedAt: number
  isStale: boolean
  /** 150 in a page; 136 for the second of two. */
  height?: number
}

/**
 * The last 15 minutes as lines, with a title, a unit, a sentence that says the same, and a table. Drawn only while it
 * can be seen; the library that draws comes with the first chart.
 */
export function Chart({ title, unit, series, format, observedAt, isStale, height = 150 }: ChartProps) {
  const { t } = useTranslation()
  const [isTable, setTable] = useState(false)
  const [hovered, setHovered] = useState<number | null>(null)
  const [frame, isOnScreen] = useIsOnScreen()
  const titleId = useId()
  const now = useNow()
  const until = isStale ? now : observedAt
  const rows = useMemo(() => chartRows(series, until), [series, until])
  const at = hovered === null ? undefined : nearest(rows, hovered)
  const Icon = isTable ? IconChartLine : IconTable
  const switchLabel = isTable ? t('table.chart.asChart') : t('table.chart.asTable')
  return (
    <figure className={styles.chart} aria-labelledby={titleId} ref={frame}>
      <div className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        <span className={styles.unit}>{unit}</span>
        {at ? <span className={styles.at}>{t('table.chart.at', { time: formatTime(at.at) })}</span> : null}
        {isStale ? (
          <span className={styles.at}>{t('table.chart.stale', { time: formatTime(observedAt) })}</span>
        ) : null}
        <Legend series={series} row={at ?? rows.at(-1)} format={format} />
        <Button look="icon" aria-label={switchLabel} title={switchLabel} onClick={() => setTable(!isTable)}>
          <Icon size={14} aria-hidden="true" />
        </Button>
      </div>
      <Summary title={title} series={series} until={until} format={format} />
      {isTable ? (
        <ChartTable series={series} rows={rows} format={format} label={title} />
      ) : (
        <div style={{ height }} className={styles.plot}>
          {rows.length === 0 ? <p className={styles.nothing}>{t('table.chart.noData')}</p> : null}
          {isOnScreen && rows.length > 0 ? (
            <Suspense fallback={null}>
              <Plot
                series={series}
                rows={rows}
                until={until}
                staleSince={isStale ? observedAt : null}
                height={height}
                onHover={setHovered}
              />
            </Suspense>
          ) : null}
        </div>
      )}
    </figure>
  )
}

function nearest(rows: readonly ChartRow[], at: number): ChartRow | undefined {
  return rows.reduce<ChartRow | undefined>(
    (best, row) => (best === undefined || Math.abs(row.at - at) < Math.abs(best.at - at) ? row : best),
    undefined,
  )
}

/** The value under the crosshair, or the newest, beside each name: no box covers the lines. */
function Legend({
  series,
  row,
  format,
}: Pick<ChartProps, 'series' | 'format'> & { row: ChartRow | undefined }) {
  const { t } = useTranslation()
  const hasBelow = series.some((one) => one.isBelow)
  return (
    <ul className={styles.legend}>
      {series.map(({ id, name, color, isBelow }) => {
        const place = isBelow ? 'below' : 'above'
        const value = row?.values[id] ?? null
        return (
          <li key={id}>
            <i style={{ borderColor: `var(${color})` }} />
            {hasBelow ? t(`table.chart.${place}`, { name }) : name}{' '}
            <b>{format(value === null ? null : Math.abs(value))}</b>
          </li>
        )
      })}
    </ul>
  )
}

/** The chart in a sentence, for who cannot see it. */
function Summary({
  title,
  series,
  until,
  format,
}: Pick<ChartProps, 'title' | 'series' | 'format'> & { until: number }) {
  const { t } = useTranslation()
  const parts = series.map((one) => {
    const { now, min, max } = figuresOf(one, until)
    return t('table.chart.seriesSummary', {
      name: one.name,
      now: format(now),
      min: format(min),
      max: format(max),
    })
  })
  return (
    <figcaption className="visually-hidden">
      {t('table.chart.summary', { title, series: parts.join('; ') })}
    </figcaption>
  )
}
