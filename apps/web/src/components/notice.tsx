import type { ReactNode } from 'react'
import styles from './notice.module.css'
import { StateIcon, type Tone } from './state-icon.tsx'

/** One quiet line that goes over the whole width: what is to be known before reading the numbers below it. */
export function Notice({ tone, title, children }: { tone: Tone; title?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.notice}>
      <StateIcon tone={tone} size={14} />
      <p>
        {title ? <strong>{title}</strong> : null} {children}
      </p>
    </div>
  )
}

/** Stands where content would: why there is none, and what can be done about it. */
export function Blank({
  tone,
  title,
  children,
  code,
  action,
}: {
  tone?: Tone
  title: string
  children?: ReactNode
  /** What an operator will ask for: a code, an id, the broker's own words. */
  code?: string | null
  action?: ReactNode
}) {
  return (
    <div className={styles.blank}>
      <p className={styles.title}>
        {tone ? <StateIcon tone={tone} size={14} /> : null}
        {title}
      </p>
      {children}
      {code ? <code className={styles.code}>{code}</code> : null}
      {action}
    </div>
  )
}
