import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DrawerFrame } from '../../components/drawer/drawer-frame.tsx'
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
        <footer className={styles.note}>{t('shell.noSignIn')}</footer>
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
        <DrawerFrame>{children}</DrawerFrame>
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
      <DrawerFrame>{children}</DrawerFrame>
      <PhoneTabs place={place} onMenu={open} />
      {isWanted ? (
        <Suspense fallback={null}>
          <PhoneDrawer place={place} isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
