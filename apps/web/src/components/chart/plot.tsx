import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  useActiveTooltipLabel,
  XAxis,
  YAxis,
} from 'recharts'
import { formatAxis, formatMinute } from '../../lib/format.ts'
import { useElementWidth } from '../use-element-width.ts'
import { CHART_WINDOW_MS, type ChartRow, type ChartSeries, MAX_SERIES } from './chart-series.ts'

interface PlotProps {
  series: readonly ChartSeries[]
  rows: readonly ChartRow[]
  until: number
  staleSince: number | null
  height: number
  /** The moment under the crosshair, of this chart or of another on the page; null when there is none. */
  onHover: (at: number | null) => void
}

const tick = { fontSize: 11, fill: 'var(--text-3)' }
const margin = { top: 6, right: 2, bottom: 0, left: 0 }
const MINUTE = 60_000

/** The part that needs the chart library; it is loaded when the first chart is on the screen. */
export function Plot({ series, rows, until, staleSince, height, onHover }: PlotProps) {
  const [frame, width] = useElementWidth()
  const from = until - CHART_WINDOW_MS
  const ticks = minuteTicks(from, until, width)
  const hasBelow = series.some((one) => one.isBelow)
  return (
    <div ref={frame}>
      {width > 0 ? (
        <ComposedChart
          data={rows as ChartRow[]}
          width={width}
          height={height}
          margin={margin}
          syncId="page"
          syncMethod="value"
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[from, until]}
            allowDataOverflow
            ticks={ticks}
            interval={0}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            tick={(props: TickProps) => <TimeTick {...props} until={until} />}
          />
          <YAxis
            width={44}
            axisLine={false}
            tickLine={false}
            tickCount={4}
            domain={hasBelow ? ['auto', 'auto'] : [0, 'auto']}
            tickFormatter={(value: number) => formatAxis(Math.abs(value))}
            tick={tick}
          />
          <Tooltip
            content={Nothing}
            cursor={{ stroke: 'var(--text-3)', strokeDasharray: '2 2' }}
            isAnimationActive={false}
          />
          {hasBelow ? <ReferenceLine y={0} stroke="var(--line-strong)" /> : null}
          {staleSince === null ? null : (
            <ReferenceArea
              x1={Math.max(from, staleSince)}
              x2={until}
              fill="url(#weir-hatch)"
              fillOpacity={1}
            />
          )}
          {series.slice(0, MAX_SERIES).map(drawing)}
          <HoverReport onHover={onHover} />
        </ComposedChart>
      ) : null}
    </div>
  )
}

function drawing({ id, color, form }: ChartSeries) {
  const common = {
    dataKey: (row: ChartRow) => row.values[id],
    type: 'linear',
    stroke: `var(${color})`,
    strokeWidth: 1.5,
    dot: false,
    activeDot: { r: 3 },
    isAnimationActive: false,
    connectNulls: false,
  } as const
  if (form === 'line') return <Line key={id} name={id} {...common} />
  return (
    <Area key={id} name={id} {...common} fill={`var(${color})`} fillOpacity="var(--fill)" baseValue={0} />
  )
}

interface TickProps {
  x: number | string
  y: number | string
  payload: { value: number }
}

/** Minutes under their tick; the right edge is now, and its word stays within the chart. */
function TimeTick({ x, y, payload, until }: TickProps & { until: number }) {
  const { t } = useTranslation()
  const isNow = payload.value === until
  return (
    <text x={x} y={y} dy={11} textAnchor={isNow ? 'end' : 'middle'} {...tick}>
      {isNow ? t('table.chart.now') : formatMinute(payload.value)}
    </text>
  )
}

/** The values stand in the legend, so the box that the library would draw stays empty. */
function Nothing() {
  return null
}

/** Carries the crosshair's moment out of the chart; charts of one page share it. */
function HoverReport({ onHover }: Pick<PlotProps, 'onHover'>) {
  const label = useActiveTooltipLabel()
  const at = typeof label === 'number' ? label : null
  useEffect(() => onHover(at), [at, onHover])
  return null
}

/** Whole minutes, as many as there is room for, and the right edge. */
function minuteTicks(from: number, until: number, width: number): number[] {
  const step = (width < 420 ? 5 : width < 640 ? 3 : 2) * MINUTE
  const ticks: number[] = []
  for (let at = Math.ceil(from / step) * step; at < until - step * 0.6; at += step) ticks.push(at)
  return [...ticks, until]
}
