import { Drawer } from '@mantine/core'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Drawer.layer.css'
import { useTranslation } from 'react-i18next'
import type { Place } from '../places.ts'
import styles from './shell.module.css'
import { Sidebar } from './sidebar.tsx'

interface PhoneDrawerProps {
  place: Place
  isOpen: boolean
  onClose: () => void
}

/** The sidebar on a phone: over the page, until somewhere is chosen. */
export function PhoneDrawer({ place, isOpen, onClose }: PhoneDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={280}
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
      classNames={{ content: `${styles.drawer}`, body: `${styles.drawerBody}`, overlay: `${styles.scrim}` }}
      aria-label={t('shell.menu')}
    >
      <Sidebar place={place} form="drawer" />
    </Drawer>
  )
}
