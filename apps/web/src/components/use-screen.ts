import { useSyncExternalStore } from 'react'

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', onChange)
      return () => list.removeEventListener('change', onChange)
    },
    () => window.matchMedia(query).matches,
  )
}

/** Where a table becomes rows of two lines and the sidebar a drawer. The same width stands in the style sheets. */
export function useIsPhone(): boolean {
  return useMedia('(max-width: 640px)')
}

/** No pointer that could rest over a row. */
export function useIsTouch(): boolean {
  return useMedia('(pointer: coarse)')
}
