import type { API, apiVersionsV3 } from '@platformatic/kafka'
import { BrokerResponseError } from '../errors.ts'

export type ApiVersions = Awaited<ReturnType<typeof apiVersionsV3.api.async>>

/** Any of the library's protocol calls, by what is asked and what is answered. */
export type Api<A extends unknown[], R> = API<A, R>

/**
 * The first of `versions` (newest first) that the broker speaks.
 * Throws: BrokerResponseError, where it speaks none of them.
 */
export function newestOf<A extends unknown[], R>(
  versions: readonly Api<A, R>[],
  spoken: ApiVersions,
  what: string,
): Api<A, R> {
  const found = versions.find((api) => speaks(spoken, api.key, api.version))
  if (found) return found
  throw new BrokerResponseError(`${what}: this broker speaks no version of it that we do`)
}

export function speaks(spoken: ApiVersions, key: number, version: number): boolean {
  const range = spoken.apiKeys.find((api) => api.apiKey === key)
  return range !== undefined && version >= range.minVersion && version <= range.maxVersion
}
