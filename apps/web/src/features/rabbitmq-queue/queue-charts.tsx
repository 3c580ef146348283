import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../components/chart/chart.tsx'
import type { ChartSeries } from '../../components/chart/chart-series.ts'
import { countText, formatRate, textOf } from '../../lib/format.ts'
import { pointsOf, type SeriesByKey } from '../../live/series.ts'

interface QueueChartsProps {
  series: SeriesByKey
  observedAt: number
  isStale: boolean
}

export function QueueCharts({ series, observedAt, isStale }: QueueChartsProps) {
  const { t } = useTranslation()
  const depth = useMemo(
    (): ChartSeries[] => [
      {
        id: 'messages',
        name: t('rabbitmq.queue.total'),
        color: '--s-backlog',
        form: 'area',
        points: pointsOf(series, 'messages'),
      },
      {
        id: 'messagesUnacknowledged',
        name: t('rabbitmq.queue.unacked'),
        color: '--s-6',
        form: 'line',
        points: pointsOf(series, 'messagesUnacknowledged'),
      },
    ],
    [series, t],
  )
  const rates = useMemo(
    (): ChartSeries[] => [
      {
        id: 'publishRate',
        name: t('rabbitmq.queue.in'),
        color: '--s-in',
        form: 'line',
        points: pointsOf(series, 'publishRate'),
      },
      {
        id: 'deliverGetRate',
        name: t('rabbitmq.queue.out'),
        color: '--s-out',
        form: 'line',
        isBelow: true,
        points: pointsOf(series, 'deliverGetRate'),
      },
      {
        id: 'ackRate',
        name: t('rabbitmq.queue.ack'),
        color: '--s-ack',
        form: 'line',
        isBelow: true,
        points: pointsOf(series, 'ackRate'),
      },
    ],
    [series, t],
  )
  return (
    <>
      <Chart
        title={t('rabbitmq.queue.depth')}
        unit={t('rabbitmq.queue.messagesUnit')}
        series={depth}
        format={countText}
        observedAt={observedAt}
        isStale={isStale}
      />
      <Chart
        title={t('rabbitmq.queue.rates')}
        unit={t('rabbitmq.queue.ratesUnit')}
        series={rates}
        format={(value) => textOf(formatRate(value))}
        observedAt={observedAt}
        isStale={isStale}
        height={136}
      />
    </>
  )
}
