import styles from './icons.module.css'

/**
 * ok and idle are healthy and have no colour; look: soon; act: now; stale: old or unknown; fresh: just appeared.
 */
export type Tone = 'ok' | 'idle' | 'look' | 'act' | 'stale' | 'fresh'

const paths: Record<Exclude<Tone, 'ok'>, string> = {
  idle: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  look: 'M8 2.4 14.3 13.4H1.7ZM8 6.6v3M8 11.4v.1',
  act: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4ZM8 4.8v3.8M8 11v.1',
  stale: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6',
  fresh: 'M8 3v10M3 8h10',
}

/** The shape of a state. Never alone: a word stands beside it. */
export function StateIcon({ tone, size = 12 }: { tone: Tone; size?: number }) {
  return (
    <svg
      className={`${styles.icon} ${styles[tone]}`}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {tone === 'ok' ? <circle cx="8" cy="8" r="2.2" className={styles.dot} /> : <path d={paths[tone]} />}
    </svg>
  )
}
