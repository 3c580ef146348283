import { useRouter } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import styles from './data-table/data-table.module.css'

/** What the pages of one thing are called with: see `lib/paths.ts`. */
export interface RowPath {
  readonly to: string
  readonly params: Readonly<Record<string, string>>
  readonly search?: Readonly<Record<string, string>>
}

/**
 * The link of a table's row. The router's own `Link` watches the address to know whether it is where the reader is; a
 * row never is, and fifty of them at once are what makes scrolling heavy. Tab goes to rows, not to links, so it is
 * out of that order: Enter on a row leads to the same place.
 */
export function RowLink({ path, children }: { path: RowPath; children: string }) {
  const router = useRouter()
  const href = addressOf(path, router.options.stringifySearch)
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void router.navigate({ href })
  }
  return (
    <a href={href} className={styles.name} title={children} tabIndex={-1} onClick={follow}>
      {children}
    </a>
  )
}

/** `/i/$instanceId/queue` with its places filled. */
function addressOf(
  { to, params, search }: RowPath,
  stringify: (search: Record<string, string>) => string,
): string {
  const path = to.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return search ? path + stringify({ ...search }) : path
}
