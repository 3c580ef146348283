import { type FocusEvent, type PointerEvent, useCallback, useMemo, useState } from 'react'

export interface Hold {
  readonly isHeld: boolean
  /** What holds it: a pointer or the focus within, or the button that touch has instead. */
  readonly by: 'presence' | 'button' | null
  readonly toggle: () => void
  /** Lets the rows move once; a pointer that is still there takes hold again with its next move. */
  readonly release: () => void
  /** For the element around the rows. */
  readonly watch: {
    onPointerMove: (event: PointerEvent) => void
    onPointerLeave: (event: PointerEvent) => void
    onFocus: () => void
    onBlur: (event: FocusEvent) => void
  }
}

/** Whether the rows are to keep their order: while a pointer or the focus is among them, or the button is pressed. */
export function useHold(): Hold {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const [pressed, setPressed] = useState(false)
  const watch = useMemo(
    () => ({
      onPointerMove: (event: PointerEvent) => {
        if (event.pointerType === 'mouse') setPointed(true)
      },
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false)
      },
    }),
    [],
  )
  const release = useCallback(() => {
    setPointed(false)
    setFocused(false)
    setPressed(false)
  }, [])
  const toggle = useCallback(() => setPressed((before) => !before), [])
  const by = pressed ? 'button' : pointed || focused ? 'presence' : null
  return { isHeld: by !== null, by, toggle, release, watch }
}
