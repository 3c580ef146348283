import type { ReactNode } from 'react'
import { StateIcon, type Tone } from './state-icon.tsx'
import styles from './state-word.module.css'

/** A state as icon, word and colour. Lower case in a table, with a capital where it opens a line. */
export function StateWord({ tone, title, children }: { tone: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={`${styles.state} ${styles[tone]}`} title={title}>
      <StateIcon tone={tone} />
      {children}
    </span>
  )
}
