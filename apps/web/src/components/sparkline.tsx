import type { Point } from '@weir/contract'
import { memo } from 'react'
import styles from './sparkline.module.css'
import { sparklinePaths } from './sparkline-path.ts'

interface SparklineProps {
  points: readonly Point[]
  /** The right edge: when the newest number on the screen was told; epoch ms. */
  until: number
  /** From here on nothing is known; epoch ms. */
  staleSince?: number | null
  tone?: 'look' | 'act' | undefined
  width?: number
}

const HEIGHT = 20

/** The last 15 minutes as a shape, from zero. A number beside it says how much; so it is hidden from screen readers. */
export const Sparkline = memo(function Sparkline({
  points,
  until,
  staleSince,
  tone,
  width = 112,
}: SparklineProps) {
  const { areas, lines, staleFrom } = sparklinePaths(points, until, {
    width,
    height: HEIGHT,
    staleSince: staleSince ?? null,
  })
  return (
    <svg
      className={`${styles.spark} ${tone ? styles[tone] : ''}`}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      aria-hidden="true"
    >
      {areas ? <path className={styles.area} d={areas} /> : null}
      {lines ? <path className={styles.line} d={lines} /> : null}
      {staleFrom === null ? null : (
        <rect fill="url(#weir-hatch)" x={staleFrom} width={width - staleFrom} y="0" height={HEIGHT} />
      )}
    </svg>
  )
})
