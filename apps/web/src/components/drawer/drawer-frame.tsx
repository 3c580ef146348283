import { createContext, type ReactNode, useContext, useState } from 'react'
import styles from './drawer.module.css'

const DrawerSlotContext = createContext<HTMLElement | null>(null)

/** Where a drawer goes; null until the frame is on the page. */
export function useDrawerSlot(): HTMLElement | null {
  return useContext(DrawerSlotContext)
}

/** The content of the page, with room at its right side for the one drawer that may stand there. */
export function DrawerFrame({ children }: { children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  return (
    <DrawerSlotContext value={slot}>
      <div className={styles.frame}>
        <div className={styles.content}>{children}</div>
        <div ref={setSlot} className={styles.slot} />
      </div>
    </DrawerSlotContext>
  )
}
