import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** How far below the top of the document an element begins, kept right as what is above it grows and shrinks. */
export function usePageOffset<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const element = useRef<E | null>(null)
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    if (!element.current) return
    setOffset(Math.round(element.current.getBoundingClientRect().top + window.scrollY))
  })
  return [element, offset]
}
