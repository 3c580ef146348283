import { QueryClient } from '@tanstack/react-query'
import { apiErrorOf } from './api.ts'

const RETRIES = 2
/** What is asked for changes seldom; what changes is told (`live/`). */
const STALE_AFTER_MS = 30_000

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MS,
        retry: (failures, error) => failures < RETRIES && isWorthRetrying(error),
      },
      // Whether a change went through is unknown when its answer is lost: a person decides, never a timer.
      mutations: { retry: false },
    },
  })
}

/** Nothing answered, or the server was out of order. What it refused, it refuses again. */
export function isWorthRetrying(error: unknown): boolean {
  const { status } = apiErrorOf(error)
  return status === 0 || status === 408 || status === 429 || status >= 500
}
