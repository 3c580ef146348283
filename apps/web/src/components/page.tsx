import type { ReactNode } from 'react'
import styles from './page.module.css'

interface PageProps {
  title: ReactNode
  /** Short facts beside the title, divided by hairlines; empty ones are left out. */
  meta?: readonly ReactNode[]
  /** The sections of a table page stand closer. */
  density?: 'roomy' | 'tight'
  /** What can be done here, at the right end of the head. */
  actions?: ReactNode
  children: ReactNode
}

/** One page: its title, what is to be known at a glance, and its sections. */
export function Page({ title, meta = [], density = 'roomy', actions, children }: PageProps) {
  return (
    <main id="page" tabIndex={-1} className={`${styles.page} ${density === 'tight' ? styles.tight : ''}`}>
      <div className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        <Facts facts={meta} />
        {actions}
      </div>
      {children}
    </main>
  )
}

function Facts({ facts }: { facts: readonly ReactNode[] }) {
  const told = facts.filter((fact) => fact !== null && fact !== false && fact !== undefined)
  if (told.length === 0) return null
  return (
    <p className={styles.facts}>
      {told.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts have no name of their own and keep their places
        <span key={index}>{fact}</span>
      ))}
    </p>
  )
}

/** A part of a page under its own small heading. */
export function Section({
  title,
  note,
  end,
  children,
}: {
  title: string
  note?: ReactNode
  end?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {note ? <p>{note}</p> : null}
        {end ? <span className={styles.end}>{end}</span> : null}
      </div>
      {children}
    </section>
  )
}
