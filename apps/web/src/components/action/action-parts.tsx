import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { apiErrorOf } from '../../lib/api.ts'
import { StateIcon, type Tone } from '../state-icon.tsx'
import styles from './action-parts.module.css'

/** The buttons of a drawer, in a row. */
export function Buttons({ children }: { children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>
}

/** A button in the page's head that opens an action. */
export function PageActions({ children }: { children: ReactNode }) {
  return <div className={styles.pageActions}>{children}</div>
}

export interface Touch {
  readonly id: string
  readonly label: string
  readonly value: ReactNode
  /** The number itself, for a test; null while unknown. */
  readonly exact?: number | null
}

/** What an action will touch, in figures, before its button. */
export function Touches({
  title,
  note,
  touches,
}: {
  title: string
  note?: string
  touches: readonly Touch[]
}) {
  return (
    <section>
      <div className={styles.touchHead}>
        <h3>{title}</h3>
        {note ? <p>{note}</p> : null}
      </div>
      <dl className={styles.touches} aria-label={title}>
        {touches.map(({ id, label, value, exact }) => (
          <div key={id} data-field={id} data-value={exact ?? undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A sentence that must be read before the button below it. */
export function Caution({ tone, title, children }: { tone: Tone; title?: string; children?: ReactNode }) {
  return (
    <p className={styles.caution}>
      <StateIcon tone={tone} size={14} />
      <span>
        {title ? <strong>{title}</strong> : null} {children}
      </span>
    </p>
  )
}

/** What happened, said where it was done. `end`: the undo, where there is one. */
export function Outcome({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className={styles.outcome} role="status">
      <IconCheck size={14} aria-hidden="true" />
      <p>{children}</p>
      {end ? <span className={styles.end}>{end}</span> : null}
    </div>
  )
}

/** Something was asked and refused, or has no known outcome: our words, and the broker's own below them. */
export function Refusal({ title, error }: { title: string; error: unknown }) {
  const { t } = useTranslation('actions')
  const { t: say } = useTranslation()
  const { code, status, reason, message, requestId, details } = apiErrorOf(error)
  const isLost = status === 0
  const words = reason ?? (details.length > 0 ? details.map((each) => each.message).join('\n') : message)
  return (
    <div className={styles.refusal} role="alert">
      <StateIcon tone={isLost ? 'look' : 'act'} size={14} />
      <div>
        <p>
          <strong>{isLost ? t('lost.title') : title}</strong>{' '}
          {isLost ? t('lost.text') : `${say(`errors.${code}.title`)}. ${say(`errors.${code}.todo`)}`}
        </p>
        <p className={styles.brokerWords}>{words}</p>
        {requestId && reason === null ? (
          <p className={styles.request}>{t('request', { id: requestId })}</p>
        ) : null}
      </div>
    </div>
  )
}
