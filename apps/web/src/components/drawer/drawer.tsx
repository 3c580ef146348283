import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useEffectEvent, useId } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button } from '../button.tsx'
import { useMedia } from '../use-screen.ts'
import styles from './drawer.module.css'
import { useDrawerSlot } from './drawer-frame.tsx'
import { useFocusInside } from './use-focus-inside.ts'

interface DrawerProps {
  /** What is done. */
  title: string
  /** What it is done to. */
  subject: string
  onClose: () => void
  /** The buttons, and what must be known before one is pressed. */
  footer: ReactNode
  children: ReactNode
}

/** Under this width it lies over the page instead of beside it. The same width stands in the style sheet. */
const COVERS = '(max-width: 1023px)'

/**
 * An action beside what it changes: it pushes the content where there is room, lies over it where there isn't, and is
 * a sheet on a phone. Esc closes it; the focus goes in, and back to where it came from.
 */
export function Drawer({ title, subject, onClose, footer, children }: DrawerProps) {
  const { t } = useTranslation()
  const slot = useDrawerSlot()
  const titleId = useId()
  const isCovering = useMedia(COVERS)
  if (!slot) return null
  return createPortal(
    <>
      <div className={styles.scrim} onPointerDown={onClose} />
      <Inside titleId={titleId} isCovering={isCovering} onClose={onClose}>
        <header className={styles.head}>
          <h2 id={titleId}>{title}</h2>
          <span className={styles.subject} title={subject}>
            {subject}
          </span>
          <Button look="icon" aria-label={t('shell.close')} onClick={onClose}>
            <IconX size={16} aria-hidden="true" />
          </Button>
        </header>
        <div className={styles.body}>{children}</div>
        <footer className={styles.foot}>{footer}</footer>
      </Inside>
    </>,
    slot,
  )
}

interface InsideProps {
  titleId: string
  isCovering: boolean
  onClose: () => void
  children: ReactNode
}

function Inside({ titleId, isCovering, onClose, children }: InsideProps) {
  const inside = useFocusInside(isCovering)
  useEscape(onClose)
  return (
    <div
      ref={inside}
      className={styles.drawer}
      role="dialog"
      aria-modal={isCovering}
      aria-labelledby={titleId}
      tabIndex={-1}
    >
      {children}
    </div>
  )
}

function useEscape(onEscape: () => void): void {
  const onKey = useEffectEvent(onEscape)
  useEffect(() => {
    // What floats above (a menu, a picker) takes the key for itself first.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onKey()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
