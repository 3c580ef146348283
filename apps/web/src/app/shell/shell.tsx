import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HatchPattern } from '../../components/hatch.tsx'
import { useIsPhone } from '../../components/use-screen.ts'
import { PhoneTabs, PhoneTop } from './phone-bars.tsx'
import styles from './shell.module.css'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'
import { usePlace } from './use-place.ts'

/** Everything around a page. */
export function Shell() {
  const { t } = useTranslation()
  const isPhone = useIsPhone()
  const Form = isPhone ? PhoneShell : WideShell
  return (
    <>
      <a className={styles.skip} href="#page">
        {t('shell.skip')}
      </a>
      <HatchPattern />
      <Form>
        <Outlet />
        <p className={styles.note}>{t('shell.noSignIn')}</p>
      </Form>
    </>
  )
}

function WideShell({ children }: { children: ReactNode }) {
  const place = usePlace()
  return (
    <div className={styles.shell}>
      <Sidebar place={place} form="side" />
      <div className={styles.content}>
        <TopBar place={place} />
        {children}
      </div>
    </div>
  )
}

const PhoneDrawer = lazy(() => import('./phone-drawer.tsx').then((part) => ({ default: part.PhoneDrawer })))

function PhoneShell({ children }: { children: ReactNode }) {
  const place = usePlace()
  const [isWanted, setWanted] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const address = useRouterState({ select: (state) => state.location.href })
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the menu
  useEffect(() => setOpen(false), [address])
  const open = () => {
    setWanted(true)
    setOpen(true)
  }
  return (
    <div className={styles.phone}>
      <PhoneTop place={place} onMenu={open} />
      {children}
      <PhoneTabs place={place} onMenu={open} />
      {isWanted ? (
        <Suspense fallback={null}>
          <PhoneDrawer place={place} isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
