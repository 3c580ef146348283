import { type RefObject, useEffect, useRef } from 'react'

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, summary'

/**
 * Moves the focus into an element when it appears, to what is marked `data-autofocus` or else to the element itself,
 * and back when it goes. `isTrapped`: Tab stays inside, because what is outside cannot be seen.
 */
export function useFocusInside(isTrapped: boolean): RefObject<HTMLDivElement | null> {
  const inside = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const element = inside.current
    const first = element?.querySelector<HTMLElement>('[data-autofocus]') ?? element
    first?.focus({ preventScroll: true })
    return () => {
      // Whoever has gone elsewhere meanwhile stays there.
      const isLost = document.activeElement === document.body || element?.contains(document.activeElement)
      if (isLost && before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  useEffect(() => {
    const element = inside.current
    if (!isTrapped || !element) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Tab') keepInside(element, event)
    }
    element.addEventListener('keydown', onKeyDown)
    return () => element.removeEventListener('keydown', onKeyDown)
  }, [isTrapped])
  return inside
}

function keepInside(element: HTMLElement, event: KeyboardEvent): void {
  const stops = [...element.querySelectorAll<HTMLElement>(FOCUSABLE)]
  const from = event.shiftKey ? stops[0] : stops.at(-1)
  const to = event.shiftKey ? stops.at(-1) : stops[0]
  if (document.activeElement !== from && document.activeElement !== element) return
  if (document.activeElement === element && !event.shiftKey) return
  event.preventDefault()
  to?.focus()
}
