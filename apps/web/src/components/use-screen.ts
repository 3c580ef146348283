import { useCallback, useSyncExternalStore } from 'react'

/** One list per query: asking the browser anew at each drawing is what makes it dear. */
const lists = new Map<string, MediaQueryList>()

function listOf(query: string): MediaQueryList {
  const known = lists.get(query)
  if (known) return known
  const list = window.matchMedia(query)
  lists.set(query, list)
  return list
}

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = listOf(query)
      list.addEventListener('change', onChange)
      return () => list.removeEventListener('change', onChange)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => listOf(query).matches)
}

/** Where a table becomes rows of two lines and the sidebar a drawer. The same width stands in the style sheets. */
export function useIsPhone(): boolean {
  return useMedia('(max-width: 640px)')
}

/** No pointer that could rest over a row. */
export function useIsTouch(): boolean {
  return useMedia('(pointer: coarse)')
}
