import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/**
 * How far below the top of the document an element begins, kept right as what is above it grows and shrinks. It is
 * measured when the document's size changes and not at each drawing: that would force a layout in every scroll step.
 */
export function usePageOffset<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const element = useRef<E | null>(null)
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      if (!element.current) return
      setOffset(Math.round(element.current.getBoundingClientRect().top + window.scrollY))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  return [element, offset]
}
