import type { RabbitmqOverview } from '@weir/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../components/chart/chart.tsx'
import type { ChartSeries } from '../../components/chart/chart-series.ts'
import { FigureRow } from '../../components/figure-row.tsx'
import { countFigure, rateFigure } from '../../components/figure-values.tsx'
import { LiveView } from '../../components/live-view.tsx'
import { Page, Section } from '../../components/page.tsx'
import { RecordSkeleton } from '../../components/record-skeleton.tsx'
import { countText, formatRate, textOf } from '../../lib/format.ts'
import { pointsOf, type SeriesByKey } from '../../live/series.ts'
import { useLive } from '../../live/use-live.ts'
import { RabbitmqNodes } from './rabbitmq-nodes.tsx'

/** A RabbitMQ instance as a whole. */
export function RabbitmqOverviewPage({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation()
  const live = useLive({ instanceId }, { type: 'rabbitmq.overview' })
  const broker = 'snapshot' in live ? live.snapshot?.record : undefined
  const meta = broker
    ? [
        broker.version !== null && t('rabbitmq.overview.version', { version: broker.version }),
        broker.erlangVersion !== null && t('rabbitmq.overview.erlang', { version: broker.erlangVersion }),
        broker.clusterName,
      ]
    : []
  return (
    <Page title={t('rabbitmq.overview.title')} meta={meta}>
      <LiveView live={live} skeleton={<RecordSkeleton />}>
        {({ record, series, observedAt }, isStale) => (
          <>
            <Figures broker={record} />
            <Charts series={series} observedAt={observedAt} isStale={isStale} />
            {record.nodes ? (
              <Section title={t('rabbitmq.overview.nodes')}>
                <RabbitmqNodes nodes={record.nodes} />
              </Section>
            ) : (
              <p className="faint">{t('rabbitmq.overview.share')}</p>
            )}
          </>
        )}
      </LiveView>
    </Page>
  )
}

function Figures({ broker }: { broker: RabbitmqOverview }) {
  const { t } = useTranslation()
  return (
    <FigureRow
      label={t('rabbitmq.overview.figures')}
      figures={[
        countFigure('messages', t('rabbitmq.overview.messages'), broker.messages),
        countFigure('messagesReady', t('rabbitmq.overview.ready'), broker.messagesReady),
        countFigure('messagesUnacknowledged', t('rabbitmq.overview.unacked'), broker.messagesUnacknowledged),
        rateFigure('publishRate', t('rabbitmq.overview.in'), broker.publishRate),
        rateFigure('deliverGetRate', t('rabbitmq.overview.out'), broker.deliverGetRate),
        rateFigure('ackRate', t('rabbitmq.overview.ack'), broker.ackRate),
        countFigure('queues', t('rabbitmq.overview.queues'), broker.queues),
        countFigure('consumers', t('rabbitmq.overview.consumers'), broker.consumers),
        countFigure('connections', t('rabbitmq.overview.connections'), broker.connections),
        countFigure('channels', t('rabbitmq.overview.channels'), broker.channels),
      ]}
    />
  )
}

interface ChartsProps {
  series: SeriesByKey
  observedAt: number
  isStale: boolean
}

function Charts({ series, observedAt, isStale }: ChartsProps) {
  const { t } = useTranslation()
  const depth = useMemo((): ChartSeries[] => {
    const line = (
      id: string,
      name: string,
      color: ChartSeries['color'],
      form: ChartSeries['form'],
    ): ChartSeries => ({
      id,
      name,
      color,
      form,
      points: pointsOf(series, id),
    })
    return [
      line('messagesReady', t('rabbitmq.queue.ready'), '--s-backlog', 'area'),
      line('messagesUnacknowledged', t('rabbitmq.queue.unacked'), '--s-6', 'line'),
    ]
  }, [series, t])
  const rates = useMemo((): ChartSeries[] => {
    const line = (id: string, name: string, color: ChartSeries['color'], isBelow: boolean): ChartSeries => ({
      id,
      name,
      color,
      isBelow,
      form: 'line',
      points: pointsOf(series, id),
    })
    return [
      line('publishRate', t('rabbitmq.queue.in'), '--s-in', false),
      line('deliverGetRate', t('rabbitmq.queue.out'), '--s-out', true),
      line('ackRate', t('rabbitmq.queue.ack'), '--s-ack', true),
    ]
  }, [series, t])
  return (
    <>
      <Chart
        title={t('rabbitmq.overview.messages')}
        unit={t('rabbitmq.queue.messagesUnit')}
        series={depth}
        format={countText}
        {...{ observedAt, isStale }}
      />
      <Chart
        title={t('rabbitmq.queue.rates')}
        unit={t('rabbitmq.queue.ratesUnit')}
        series={rates}
        format={(value) => textOf(formatRate(value))}
        height={136}
        {...{ observedAt, isStale }}
      />
    </>
  )
}
