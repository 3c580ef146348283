import { Drawer } from '@mantine/core'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
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

function PhoneShell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const place = usePlace()
  const [isOpen, setOpen] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the menu
  useEffect(() => setOpen(false), [path])
  return (
    <div className={styles.phone}>
      <PhoneTop place={place} onMenu={() => setOpen(true)} />
      {children}
      <PhoneTabs place={place} onMenu={() => setOpen(true)} />
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        size={280}
        withCloseButton={false}
        transitionProps={{ duration: 0 }}
        classNames={{ content: styles.drawer, body: styles.drawerBody, overlay: styles.scrim }}
        aria-label={t('shell.menu')}
      >
        <Sidebar place={place} form="drawer" />
      </Drawer>
    </div>
  )
}
