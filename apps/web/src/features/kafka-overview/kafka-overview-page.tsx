import type { KafkaOverview } from '@weir/contract'
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
import { KafkaBrokers } from './kafka-brokers.tsx'

/** A Kafka instance as a whole. */
export function KafkaOverviewPage({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation()
  const live = useLive({ instanceId }, { type: 'kafka.overview' })
  const cluster = 'snapshot' in live ? live.snapshot?.record : undefined
  const meta = cluster
    ? [
        cluster.version !== null && t('kafka.overview.version', { version: cluster.version }),
        cluster.controllerId !== null && t('kafka.overview.controller', { id: cluster.controllerId }),
        cluster.clusterId,
      ]
    : []
  return (
    <Page title={t('kafka.overview.title')} meta={meta}>
      <LiveView live={live} skeleton={<RecordSkeleton />}>
        {({ record, series, observedAt }, isStale) => (
          <>
            <Figures cluster={record} />
            <Charts series={series} observedAt={observedAt} isStale={isStale} />
            {record.brokers ? (
              <Section title={t('kafka.overview.brokers')}>
                <KafkaBrokers brokers={record.brokers} controllerId={record.controllerId} />
              </Section>
            ) : (
              <p className="faint">{t('kafka.overview.share')}</p>
            )}
          </>
        )}
      </LiveView>
    </Page>
  )
}

function Figures({ cluster }: { cluster: KafkaOverview }) {
  const { t } = useTranslation()
  const { underReplicatedPartitions, leaderlessPartitions } = cluster
  return (
    <FigureRow
      label={t('kafka.overview.figures')}
      figures={[
        countFigure('lag', t('kafka.overview.lag'), cluster.lag),
        rateFigure('messagesInPerSecond', t('kafka.overview.in'), cluster.messagesInPerSecond),
        rateFigure('messagesOutPerSecond', t('kafka.overview.out'), cluster.messagesOutPerSecond),
        countFigure('topics', t('kafka.overview.topics'), cluster.topics),
        countFigure('partitions', t('kafka.overview.partitions'), cluster.partitions),
        countFigure('groups', t('kafka.overview.groups'), cluster.groups),
        countFigure(
          'underReplicatedPartitions',
          t('kafka.overview.underReplicated'),
          underReplicatedPartitions,
          underReplicatedPartitions ? { tone: 'look' } : {},
        ),
        countFigure(
          'leaderlessPartitions',
          t('kafka.overview.leaderless'),
          leaderlessPartitions,
          leaderlessPartitions ? { tone: 'act' } : {},
        ),
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
  const lag = useMemo(
    (): ChartSeries[] => [
      {
        id: 'lag',
        name: t('kafka.overview.lag'),
        color: '--s-backlog',
        form: 'area',
        points: pointsOf(series, 'lag'),
      },
    ],
    [series, t],
  )
  const rates = useMemo(
    (): ChartSeries[] => [
      {
        id: 'messagesInPerSecond',
        name: t('rabbitmq.queue.in'),
        color: '--s-in',
        form: 'line',
        points: pointsOf(series, 'messagesInPerSecond'),
      },
      {
        id: 'messagesOutPerSecond',
        name: t('rabbitmq.queue.out'),
        color: '--s-out',
        form: 'line',
        isBelow: true,
        points: pointsOf(series, 'messagesOutPerSecond'),
      },
    ],
    [series, t],
  )
  return (
    <>
      <Chart
        title={t('kafka.overview.lag')}
        unit={t('kafka.overview.lagUnit')}
        series={lag}
        format={countText}
        {...{ observedAt, isStale }}
      />
      <Chart
        title={t('kafka.overview.rates')}
        unit={t('kafka.overview.ratesUnit')}
        series={rates}
        format={(value) => textOf(formatRate(value))}
        height={136}
        {...{ observedAt, isStale }}
      />
    </>
  )
}
