import { t } from 'i18next'
import type { ReactNode } from 'react'
import {
  type Figure,
  formatBytes,
  formatCount,
  formatDuration,
  formatExact,
  formatRate,
  textOf,
  UNKNOWN,
} from '../lib/format.ts'
import styles from './numbers.module.css'

interface NumberProps {
  value: number | null
  /** Why it isn't known, on hover. */
  reason?: string | undefined
}

/**
 * `–`: not zero, but not told. Takes its word without the hook, as cells of a long table do: a subscription per cell
 * is dear, and whoever draws the cells draws them anew when the language changes.
 */
export function Unknown({ reason }: { reason?: string | undefined }) {
  return (
    <span className={styles.unknown} title={reason ?? t('table.unknown')}>
      {UNKNOWN}
    </span>
  )
}

/** A count, short from 10,000 on, exact on hover. In a table its unit stands in a slot, so that digits line up. */
export function Magnitude({ value, reason, inline = false }: NumberProps & { inline?: boolean }) {
  if (value === null)
    return (
      <Slotted inline={inline}>
        <Unknown reason={reason} />
      </Slotted>
    )
  const figure = formatCount(value)
  if (inline) return <span title={formatExact(value)}>{textOf(figure)}</span>
  return <Digits figure={figure} value={value} title={figure.unit === '' ? undefined : formatExact(value)} />
}

/** Messages per second. */
export function Rate({ value, reason }: NumberProps) {
  if (value === null) return <Unknown reason={reason} />
  const figure = formatRate(value)
  return (
    <span
      className={value === 0 ? styles.zero : undefined}
      title={figure.unit === '' ? undefined : formatExact(value)}
    >
      {textOf(figure)}
    </span>
  )
}

/** A small count that is always exact: consumers, partitions. */
export function Count({ value, reason, tone }: NumberProps & { tone?: 'look' | 'act' | undefined }) {
  if (value === null) return <Unknown reason={reason} />
  return <span className={tone ?? (value === 0 ? styles.zero : undefined)}>{formatExact(value)}</span>
}

export function Bytes({ value, reason }: NumberProps) {
  if (value === null) return <Unknown reason={reason} />
  return <span title={`${formatExact(value)} B`}>{textOf(formatBytes(value))}</span>
}

/** Milliseconds as two units at most. */
export function Duration({ value, reason }: NumberProps) {
  if (value === null) return <Unknown reason={reason} />
  return <span className={value === 0 ? styles.zero : undefined}>{formatDuration(value)}</span>
}

function Digits({ figure, value, title }: { figure: Figure; value: number; title: string | undefined }) {
  return (
    <>
      <span className={value === 0 ? styles.zero : undefined} title={title}>
        {figure.digits}
      </span>
      <i className={styles.unit}>{figure.unit}</i>
    </>
  )
}

function Slotted({ inline, children }: { inline: boolean; children: ReactNode }) {
  return (
    <>
      {children}
      {inline ? null : <i className={styles.unit} />}
    </>
  )
}
