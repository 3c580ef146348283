import type { KafkaGroupRow } from '@weir/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../components/chart/chart.tsx'
import type { ChartSeries } from '../../components/chart/chart-series.ts'
import { countText } from '../../lib/format.ts'
import type { TableSnapshot } from '../../live/live-state.ts'
import { pointsOf } from '../../live/series.ts'

interface GroupLagChartProps {
  groupId: string
  snapshot: TableSnapshot<KafkaGroupRow>
  isStale: boolean
}

export function GroupLagChart({ groupId, snapshot, isStale }: GroupLagChartProps) {
  const { t } = useTranslation()
  const { series } = snapshot
  const lines = useMemo(
    (): ChartSeries[] => [
      {
        id: 'lag',
        name: t('kafka.group.allPartitions'),
        color: '--s-backlog',
        form: 'area',
        points: pointsOf(series, 'lag', groupId),
      },
    ],
    [series, groupId, t],
  )
  return (
    <Chart
      title={t('kafka.group.chart')}
      unit={t('kafka.group.unit')}
      series={lines}
      format={countText}
      observedAt={snapshot.observedAt}
      isStale={isStale}
    />
  )
}
