import type { AttentionRow } from '@weir/contract'
import { createContext, useContext } from 'react'

/**
 * What is wrong with the queues, groups and clients of the instance on the page, by their row keys; of several things
 * the worst. One place decides what is worth a colour (the rules behind "What is wrong"), and every page shows the same.
 */
export const FindingsContext = createContext<ReadonlyMap<string, AttentionRow>>(new Map())

export function useFinding(key: string): AttentionRow | undefined {
  return useContext(FindingsContext).get(key)
}
