import { useQuery } from '@tanstack/react-query'
import type { Instance } from '@weir/contract'
import { queries } from '../lib/api.ts'
import { type InstancePage, instancePages } from './places.ts'

/** What a broker can do changes when somebody reconfigures it, which is seldom. */
const KNOWN_FOR_MS = 5 * 60_000

/** The pages of an instance without those that its broker has nothing for: users need dynamic security. */
export function useOfferedPages(instance: Instance): readonly InstancePage[] {
  const { data } = useQuery(
    queries.instances.capabilities.queryOptions({
      input: { instanceId: instance.id },
      enabled: instance.kind === 'mqtt',
      staleTime: KNOWN_FOR_MS,
    }),
  )
  const pages = instancePages[instance.kind]
  return data?.features.dynsec?.available ? pages : pages.filter((page) => page !== 'users')
}
