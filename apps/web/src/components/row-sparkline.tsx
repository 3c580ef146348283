import { useContext } from 'react'
import { pointsOf } from '../live/series.ts'
import { RowSeriesContext } from './series-context.ts'
import { Sparkline } from './sparkline.tsx'

interface RowSparklineProps {
  rowKey: string
  field: string
  tone?: 'look' | 'act' | undefined
  width?: number
}

/** The sparkline of one row's field, from the series around it. */
export function RowSparkline({ rowKey, field, tone, width }: RowSparklineProps) {
  const { series, observedAt, isStale } = useContext(RowSeriesContext)
  return (
    <Sparkline
      points={pointsOf(series, field, rowKey)}
      until={observedAt}
      staleSince={isStale ? observedAt : null}
      tone={tone}
      {...(width === undefined ? {} : { width })}
    />
  )
}
