import type { AuditEntry } from '@weir/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatSince } from '../../lib/format.ts'
import { useNow } from '../../live/use-live.ts'
import styles from './change-lines.module.css'
import { doneWord, Result, sizeText, Target } from './change-parts.tsx'

interface ChangeLinesProps {
  label: string
  entries: readonly AuditEntry[]
  /** At the end of each second line: a way to more. */
  more?: (entry: AuditEntry) => ReactNode
  /** Below a line, where it is opened. */
  below?: (entry: AuditEntry) => ReactNode
}

/** Changes on a phone: two lines each, what was done and to what, never a table that runs out of the screen. */
export function ChangeLines({ label, entries, more, below }: ChangeLinesProps) {
  const { t } = useTranslation('actions')
  const now = useNow(60_000)
  return (
    <ul className={styles.lines} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} data-procedure={entry.procedure} data-result={entry.result}>
          <div className={styles.line}>
            <span className={styles.target}>
              <Target entry={entry} />
            </span>
            <span className={styles.when} title={formatDateTime(entry.at)}>
              {formatSince(entry.at, now)}
            </span>
          </div>
          <div className={styles.line}>
            <span className={styles.what}>
              {[doneWord(entry, t), sizeText(entry, t), entry.actor]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
            <Result entry={entry} />
            {more?.(entry)}
          </div>
          {below?.(entry)}
        </li>
      ))}
    </ul>
  )
}
