import { IconChevronLeft, IconDots, IconHome, IconMenu2, IconServer2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MenuButton } from '../../components/menu-button.tsx'
import { type Place, pagePaths } from '../places.ts'
import { useLanguageEntries } from './language-switch.tsx'
import { LivePulse } from './live-pulse.tsx'
import styles from './phone-bars.module.css'
import { useThemeEntries } from './theme-switch.tsx'

/** The top of a phone: the way back or the menu, where one is, and the pulse. */
export function PhoneTop({ place, onMenu }: { place: Place; onMenu: () => void }) {
  const { t } = useTranslation()
  const { title, under } = usePhoneTitle(place)
  return (
    <header className={styles.top}>
      <BackOrMenu place={place} onMenu={onMenu} />
      <p className={styles.where}>
        <strong>{title}</strong>
        {under ? <span>{under}</span> : null}
      </p>
      <span className={styles.pulse} title={t('shell.pulse.live')}>
        <LivePulse form="short" />
      </span>
    </header>
  )
}

function usePhoneTitle({ tenant, instance, page, object }: Place): { title: string; under: string | null } {
  const { t } = useTranslation()
  if (object && instance) return { title: object, under: instance.name }
  if (page && instance) return { title: t(`shell.pages.${page}`), under: instance.name }
  return { title: tenant?.name ?? t('shell.fleet'), under: null }
}

function BackOrMenu({ place, onMenu }: { place: Place; onMenu: () => void }) {
  const { t } = useTranslation()
  const back = (
    <>
      <IconChevronLeft size={20} aria-hidden="true" />
      <span className="visually-hidden">{t('shell.back')}</span>
    </>
  )
  if (place.object && place.page && place.instance) {
    return (
      <Link to={pagePaths[place.page]} params={{ instanceId: place.instance.id }} className={styles.tap}>
        {back}
      </Link>
    )
  }
  if (place.instance && place.tenant) {
    return (
      <Link to="/t/$tenantSlug" params={{ tenantSlug: place.tenant.slug }} className={styles.tap}>
        {back}
      </Link>
    )
  }
  if (place.instance) {
    return (
      <Link to="/fleet" className={styles.tap}>
        {back}
      </Link>
    )
  }
  return (
    <button type="button" className={styles.tap} onClick={onMenu} aria-label={t('shell.menu')}>
      <IconMenu2 size={18} />
    </button>
  )
}

/** The bottom of a phone: the four places a thumb goes to. */
export function PhoneTabs({ place, onMenu }: { place: Place; onMenu: () => void }) {
  const { t } = useTranslation()
  return (
    <nav className={styles.tabs} aria-label={t('shell.menu')}>
      <Link to="/" className={styles.tab} aria-current={place.tenant && !place.instance ? 'page' : undefined}>
        <IconHome size={18} aria-hidden="true" />
        {t('shell.home')}
      </Link>
      <button
        type="button"
        className={styles.tab}
        onClick={onMenu}
        aria-current={place.instance ? 'true' : undefined}
      >
        <IconMenu2 size={18} aria-hidden="true" />
        {t('shell.instances')}
      </button>
      <Link to="/fleet" className={styles.tab} activeProps={{ 'aria-current': 'page' }}>
        <IconServer2 size={18} aria-hidden="true" />
        {t('shell.fleet')}
      </Link>
      <MenuButton
        className={styles.tab}
        position="top-end"
        entries={[...useThemeEntries(), { type: 'divider', id: 'divider' }, ...useLanguageEntries()]}
      >
        <IconDots size={18} aria-hidden="true" />
        {t('shell.more')}
      </MenuButton>
    </nav>
  )
}
