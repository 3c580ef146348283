import type { ReactNode } from 'react'

/** One line of a menu. */
export type MenuEntry =
  | { readonly type: 'label'; readonly id: string; readonly text: string }
  | { readonly type: 'divider'; readonly id: string }
  | {
      readonly type: 'item'
      readonly id: string
      readonly text: string
      readonly icon?: ReactNode
      /** Where the reader already is. */
      readonly isCurrent?: boolean
      /** The language that the text is in, where it isn't the page's. */
      readonly lang?: string
      readonly onSelect: () => void
    }
  | {
      readonly type: 'check'
      readonly id: string
      readonly text: string
      readonly isChecked: boolean
      readonly onToggle: () => void
    }

export type MenuPosition = 'bottom-start' | 'bottom-end' | 'top-end'
