import { useCallback, useState } from 'react'

/** Whether an element can be seen, or is about to be. */
export function useIsOnScreen(): [(element: HTMLElement | null) => (() => void) | undefined, boolean] {
  const [isOnScreen, setOnScreen] = useState(false)
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const observer = new IntersectionObserver(([entry]) => setOnScreen(entry?.isIntersecting ?? false), {
      rootMargin: '200px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, isOnScreen]
}
