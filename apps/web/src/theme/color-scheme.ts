import type { MantineColorSchemeManager } from '@mantine/core'
import { z } from 'zod'
import { localStore } from '../lib/safe-storage.ts'

const KEY = 'weir.color-scheme'
const ColorScheme = z.enum(['auto', 'dark', 'light'])

/**
 * The reader's choice, kept in this browser where it lets us; otherwise it lasts as long as the page.
 * `public/scheme.js` reads the same key before the first paint.
 */
export function storedColorScheme(): MantineColorSchemeManager {
  let listener: ((event: StorageEvent) => void) | undefined
  return {
    get: (defaultValue) => ColorScheme.catch(defaultValue).parse(localStore.get(KEY)),
    set: (value) => void localStore.set(KEY, value),
    clear: () => localStore.remove(KEY),
    subscribe: (onUpdate) => {
      listener = (event) => {
        const changed = ColorScheme.safeParse(event.newValue)
        if (event.key === KEY && changed.success) onUpdate(changed.data)
      }
      window.addEventListener('storage', listener)
    },
    unsubscribe: () => {
      if (listener) window.removeEventListener('storage', listener)
    },
  }
}
