import type { ReactNode } from 'react'
import styles from './figure-row.module.css'

export interface Figure {
  /** The view's field, so that a test can read the number beside it. */
  field: string
  label: string
  /** Exact: nothing is rounded to thousands here. */
  value: ReactNode
  /** The number as the broker told it; null while unknown. */
  exact?: number | null
  /** A short line below: what it is made of, or where it is going. */
  note?: ReactNode
  tone?: 'look' | 'act'
  /** Where it comes from and how old it is, on hover. */
  hint?: string
}

/** A row of labelled numbers, divided by hairlines. */
export function FigureRow({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <dl className={styles.figures} aria-label={label}>
      {figures.map((figure) => (
        <div
          key={figure.field}
          className={styles.figure}
          data-field={figure.field}
          data-value={figure.exact ?? ''}
          title={figure.hint}
        >
          <dt>{figure.label}</dt>
          <dd className={figure.tone}>{figure.value}</dd>
          {figure.note ? <dd className={styles.note}>{figure.note}</dd> : null}
        </div>
      ))}
    </dl>
  )
}
