import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Pulse, type PulseProps } from '../../components/pulse.tsx'
import { formatAge, formatDuration, formatTime } from '../../lib/format.ts'
import type { Pulse as LivePulseState } from '../../live/pulse.ts'
import { useNow, usePaused, usePulse } from '../../live/use-live.ts'
import styles from './live-pulse.module.css'

/** The page's pulse, and the button that holds its numbers still. */
export function LivePulse({ form }: { form: 'full' | 'short' }) {
  const { t } = useTranslation()
  const pulse = usePulse()
  const now = useNow()
  const [paused, setPaused] = usePaused()
  const label = paused ? t('shell.pulse.resume') : t('shell.pulse.pause')
  const Icon = paused ? IconPlayerPlayFilled : IconPlayerPauseFilled
  return (
    <span className={styles.livePulse}>
      <Pulse {...describe(pulse, now, t)} form={form} />
      <Button look="icon" aria-label={label} title={label} onClick={() => setPaused(!paused)}>
        <Icon size={14} aria-hidden="true" />
      </Button>
      <Announcer pulse={pulse} />
    </span>
  )
}

/** Tells a screen reader of a change of state, and never of a number. */
function Announcer({ pulse }: { pulse: LivePulseState }) {
  const { t } = useTranslation()
  return (
    <span role="status" className="visually-hidden">
      {t(`shell.pulse.${stateWord[pulse.state]}`)}
    </span>
  )
}

const stateWord = {
  connecting: 'connecting',
  live: 'live',
  stale: 'stale',
  paused: 'paused',
  reconnecting: 'reconnecting',
  closed: 'refused',
} as const satisfies Record<LivePulseState['state'], string>

const moods = {
  connecting: 'waiting',
  live: 'live',
  stale: 'trouble',
  paused: 'paused',
  reconnecting: 'trouble',
  closed: 'trouble',
} as const satisfies Record<LivePulseState['state'], PulseProps['mood']>

function describe(pulse: LivePulseState, now: number, t: TFunction): Omit<PulseProps, 'form'> {
  const age = pulse.ageMs === null ? null : formatAge(pulse.ageMs)
  const count = (tick: string) => pulse.beats.filter((beat) => beat === tick).length
  return {
    mood: moods[pulse.state],
    word: wordOf(pulse, now, t),
    age,
    isLate: pulse.isLate && pulse.state === 'live',
    ticks: pulse.beats,
    ticksLabel: t('shell.pulse.ticks', {
      onTime: count('on-time'),
      late: count('late'),
      missing: count('missing'),
    }),
    title: [
      pulse.code ? t(`errors.${pulse.code}.title`) : null,
      age ? t('shell.pulse.age', { age }) : null,
      pulse.cadenceMs ? t('shell.pulse.cadence', { cadence: formatDuration(pulse.cadenceMs) }) : null,
    ]
      .filter(Boolean)
      .join('\n'),
  }
}

function wordOf(pulse: LivePulseState, now: number, t: TFunction): string {
  const { state, since, nextTryAt, code } = pulse
  if (state === 'stale' && code === 'BROKER_UNAVAILABLE') return t('summary.state.unavailable')
  if (state === 'stale' && since !== null) return t('shell.pulse.staleSince', { time: formatTime(since) })
  if (state === 'paused' && since !== null) return t('shell.pulse.pausedAt', { time: formatTime(since) })
  if (state === 'reconnecting' && nextTryAt !== null && nextTryAt > now) {
    const duration = formatDuration(Math.max(1_000, nextTryAt - now))
    return `${t('shell.pulse.reconnecting')}, ${t('shell.pulse.nextTry', { duration })}`
  }
  return t(`shell.pulse.${stateWord[state]}`)
}
