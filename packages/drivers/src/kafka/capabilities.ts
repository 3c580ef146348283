import type { Capabilities } from '../driver.ts'
import { type ApiVersions, speaks } from './api-versions.ts'
import type { BrokerPool } from './broker-pool.ts'
import { releaseOf } from './metadata-version.ts'

type Feature = Capabilities['features'][string]

interface Need {
  readonly key: number
  readonly version: number
  /** The cluster's own switch: below 1 it is off, though brokers advertise the call. */
  readonly feature?: string
  readonly since: string
}

/** What each feature of ours needs the broker to speak. */
const needs: Readonly<Record<string, Need>> = {
  consumerGroupProtocol: { key: 69, version: 0, feature: 'group.version', since: '4.0' },
  shareGroups: { key: 77, version: 1, feature: 'share.version', since: '4.2' },
  shareGroupLag: { key: 90, version: 1, feature: 'share.version', since: '4.2' },
  quorum: { key: 55, version: 0, since: '3.3 in KRaft mode' },
  incrementalConfigs: { key: 44, version: 1, since: '2.4' },
  offsetDelete: { key: 47, version: 0, since: '2.4' },
}

/**
 * What the brokers speak, from one of them. That a request is spoken doesn't mean that it is allowed: refusals show in
 * the readings. The version is the release that the broker's features are of.
 * Throws: BrokerError.
 */
export async function capabilitiesOf(pool: BrokerPool): Promise<Capabilities> {
  const spoken = await pool.any((broker) => broker.apiVersions())
  const features = Object.entries(needs).map(([name, need]): [string, Feature] => [
    name,
    featureOf(spoken, need),
  ])
  return { version: releaseOf(spoken), features: Object.fromEntries(features) }
}

function featureOf(spoken: ApiVersions, { key, version, feature, since }: Need): Feature {
  if (!speaks(spoken, key, version)) return { available: false, reason: `needs Kafka ${since}` }
  const level = spoken.finalizedFeatures?.find(({ name }) => name === feature)?.maxVersionLevel ?? 0
  if (feature !== undefined && level < 1)
    return { available: false, reason: `${feature} is off in this cluster` }
  return { available: true }
}
