import styles from './pulse.module.css'
import { StateIcon } from './state-icon.tsx'

export type Tick = 'on-time' | 'late' | 'missing'

export interface PulseProps {
  mood: 'live' | 'paused' | 'trouble' | 'waiting'
  /** live, stale since 12:04:31 … */
  word: string
  /** How old what is on the screen is, in words; null before anything came. */
  age: string | null
  isLate: boolean
  /** The last readings, oldest first. */
  ticks: readonly Tick[]
  ticksLabel: string
  title: string
  form: 'full' | 'short'
}

const SLOTS = 15
const SLOT_WIDTH = 4

/** Whether the numbers on the page are true now, and how old they are. */
export function Pulse({ mood, word, age, isLate, ticks, ticksLabel, title, form }: PulseProps) {
  return (
    <span className={`${styles.pulse} ${styles[mood]}`} title={title} data-testid="pulse" data-mood={mood}>
      {mood === 'trouble' ? <StateIcon tone="stale" size={14} /> : <span className={styles.dot} />}
      <span className={styles.word}>{word}</span>
      <span className={`${styles.age} ${isLate ? styles.late : ''}`}>{age}</span>
      {form === 'full' ? <Ticks ticks={ticks} label={ticksLabel} /> : null}
    </span>
  )
}

/** Full: on time; short and amber: late; a dot on the ground: missing. The newest stands at the right. */
function Ticks({ ticks, label }: { ticks: readonly Tick[]; label: string }) {
  const first = SLOTS - ticks.length
  return (
    <svg className={styles.ticks} viewBox={`0 0 ${SLOTS * SLOT_WIDTH} 12`} role="img" aria-label={label}>
      {ticks.map((tick, i) => {
        const height = tick === 'on-time' ? 11 : tick === 'late' ? 6 : 1.5
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its place
            key={i}
            className={`${styles[tick]} ${i === ticks.length - 1 ? styles.newest : ''}`}
            x={(first + i) * SLOT_WIDTH}
            y={12 - height}
            width="2"
            height={height}
          />
        )
      })}
    </svg>
  )
}
