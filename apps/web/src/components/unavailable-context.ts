import { createContext } from 'react'

/** Why there is no broker behind a cluster, in the operator's words, by cluster id; for where "unavailable" is said. */
export const UnavailableContext = createContext<ReadonlyMap<string, string>>(new Map())

/** The cluster that the page is about; null where it is about many. */
export const ClusterContext = createContext<string | null>(null)
