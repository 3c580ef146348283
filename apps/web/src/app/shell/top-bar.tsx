import type { Place } from '../places.ts'
import { Crumbs } from './crumbs.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { LivePulse } from './live-pulse.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import styles from './top-bar.module.css'

export function TopBar({ place }: { place: Place }) {
  return (
    <header className={styles.topbar}>
      <Crumbs place={place} />
      <div className={styles.end}>
        <LivePulse form="full" />
        <span className={styles.switches}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </div>
    </header>
  )
}
