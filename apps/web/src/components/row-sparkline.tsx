import { useContext } from 'react'
import { pointsOf } from '../live/series.ts'
import { useFinding } from './attention/findings-context.ts'
import { RowSeriesContext } from './series-context.ts'
import { Sparkline } from './sparkline.tsx'

interface RowSparklineProps {
  rowKey: string
  field: string
  width?: number
}

/** The sparkline of one row's field, from the series around it, in the colour of what is wrong with the row. */
export function RowSparkline({ rowKey, field, width }: RowSparklineProps) {
  const { series, observedAt, isStale } = useContext(RowSeriesContext)
  return (
    <Sparkline
      points={pointsOf(series, field, rowKey)}
      until={observedAt}
      staleSince={isStale ? observedAt : null}
      tone={useFinding(rowKey)?.severity}
      {...(width === undefined ? {} : { width })}
    />
  )
}
