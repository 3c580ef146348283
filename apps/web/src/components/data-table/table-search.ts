import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { z } from 'zod'

/** How a table stands, as the URL keeps it. Whatever cannot be read is as if it were not there. */
export const TableSearch = z.object({
  /** `-messages,name`: first by most messages, then by name. */
  sort: z.string().optional().catch(undefined),
  filter: z.string().optional().catch(undefined),
  /** The columns shown, by id; absent: as at first. */
  columns: z.string().optional().catch(undefined),
  density: z.enum(['compact']).optional().catch(undefined),
})
export type TableSearch = z.infer<typeof TableSearch>

export interface SortKey {
  readonly id: string
  readonly descending: boolean
}

export function parseSort(text: string | undefined): readonly SortKey[] {
  return (text ?? '')
    .split(',')
    .filter((part) => part !== '' && part !== '-')
    .map((part) =>
      part.startsWith('-') ? { id: part.slice(1), descending: true } : { id: part, descending: false },
    )
}

export function formatSort(keys: readonly SortKey[]): string | undefined {
  return keys.length === 0 ? undefined : keys.map((key) => `${key.descending ? '-' : ''}${key.id}`).join(',')
}

/**
 * What a click on a column's head makes of the order: this column alone, or, with shift, after those that are
 * there. Clicked again it turns round; numbers begin with the most.
 */
export function sortAfterClick(
  keys: readonly SortKey[],
  column: { readonly id: string; readonly kind: 'text' | 'number' },
  asSecond: boolean,
): readonly SortKey[] {
  const now = keys.find((key) => key.id === column.id)
  const next = { id: column.id, descending: now ? !now.descending : column.kind === 'number' }
  if (!asSecond) return [next]
  return now ? keys.map((key) => (key.id === column.id ? next : key)) : [...keys, next]
}

/** The table's state in the URL, and how to change a part of it. A change never makes a step of the history. */
export function useTableSearch(): [TableSearch, (change: Partial<TableSearch>) => void] {
  const { sort, filter, columns, density } = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = useMemo(() => ({ sort, filter, columns, density }), [sort, filter, columns, density])
  const change = useCallback(
    (part: Partial<TableSearch>) => {
      void navigate({
        to: '.',
        search: (before) => ({ ...before, ...part }),
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
  return [search, change]
}
