import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { MenuEntry, MenuPosition } from './menu-entry.ts'

interface MenuButtonProps {
  className: string | undefined
  entries: readonly MenuEntry[]
  /** For a screen reader, where the face says nothing. */
  label?: string
  title?: string
  /** Where the menu opens; below and to the right unless said otherwise. */
  position?: MenuPosition
  /** What is on the button. */
  children: ReactNode
}

const loadMenu = () => import('./floating-menu.tsx').then(({ FloatingMenu }) => ({ default: FloatingMenu }))
const FloatingMenu = lazy(loadMenu)

/** A button with a menu. What floats is loaded when somebody reaches for it, so that a first visit doesn't wait. */
export function MenuButton(props: MenuButtonProps) {
  const [isWanted, setWanted] = useState(false)
  const button = (
    <button
      type="button"
      className={props.className}
      title={props.title}
      aria-label={props.label}
      aria-haspopup="menu"
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => setWanted(true)}
    >
      {props.children}
    </button>
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <FloatingMenu entries={props.entries} position={props.position ?? 'bottom-start'} button={button} />
    </Suspense>
  )
}
