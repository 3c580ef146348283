import type { MqttOverview } from '@weir/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../components/chart/chart.tsx'
import type { ChartSeries } from '../../components/chart/chart-series.ts'
import { LiveView } from '../../components/live-view.tsx'
import { Page } from '../../components/page.tsx'
import { RecordSkeleton } from '../../components/record-skeleton.tsx'
import { countText, formatDuration, formatRate, textOf } from '../../lib/format.ts'
import { pointsOf, type SeriesByKey } from '../../live/series.ts'
import { useLive } from '../../live/use-live.ts'
import { isShare } from './is-share.ts'
import { MqttFigures } from './mqtt-figures.tsx'

/** An MQTT instance as a whole. */
export function MqttOverviewPage({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation()
  const live = useLive({ instanceId }, { type: 'mqtt.overview' })
  const broker = 'snapshot' in live ? live.snapshot?.record : undefined
  const meta = broker
    ? [
        broker.version !== null && t('mqtt.overview.version', { version: broker.version }),
        broker.uptimeSeconds !== null &&
          t('mqtt.overview.up', { duration: formatDuration(broker.uptimeSeconds * 1_000) }),
      ]
    : []
  return (
    <Page title={t('mqtt.overview.title')} meta={meta}>
      <LiveView live={live} skeleton={<RecordSkeleton />}>
        {({ record, series, observedAt }, isStale) => (
          <>
            <MqttFigures broker={record} />
            <Charts broker={record} series={series} observedAt={observedAt} isStale={isStale} />
            {isShare(record) ? <p className="faint">{t('mqtt.overview.share')}</p> : null}
          </>
        )}
      </LiveView>
    </Page>
  )
}

interface ChartsProps {
  broker: MqttOverview
  series: SeriesByKey
  observedAt: number
  isStale: boolean
}

function Charts({ broker, series, observedAt, isStale }: ChartsProps) {
  const { t } = useTranslation()
  const clients = useMemo(
    (): ChartSeries[] => [
      {
        id: 'clientsConnected',
        name: t('mqtt.overview.connected'),
        color: '--s-backlog',
        form: 'area',
        points: pointsOf(series, 'clientsConnected'),
      },
    ],
    [series, t],
  )
  const rates = useMemo(
    (): ChartSeries[] => [
      {
        id: 'publishReceivedPerSecond',
        name: t('rabbitmq.queue.in'),
        color: '--s-in',
        form: 'line',
        points: pointsOf(series, 'publishReceivedPerSecond'),
      },
      {
        id: 'publishSentPerSecond',
        name: t('rabbitmq.queue.out'),
        color: '--s-out',
        form: 'line',
        isBelow: true,
        points: pointsOf(series, 'publishSentPerSecond'),
      },
    ],
    [series, t],
  )
  return (
    <>
      <Chart
        title={t('mqtt.overview.clients')}
        unit={t('mqtt.overview.clientsUnit')}
        series={clients}
        format={countText}
        {...{ observedAt, isStale }}
      />
      {isShare(broker) ? null : (
        <Chart
          title={t('mqtt.overview.rates')}
          unit={t('mqtt.overview.ratesUnit')}
          series={rates}
          format={(value) => textOf(formatRate(value))}
          height={136}
          {...{ observedAt, isStale }}
        />
      )}
    </>
  )
}
