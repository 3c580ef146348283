import type { Capabilities } from '../driver.ts'
import { type ApiVersions, speaks } from './api-versions.ts'
import type { BrokerPool } from './broker-pool.ts'
import { releaseOf } from './metadata-version.ts'

type Feature = Capabilities['features'][string]

/** What a feature needs the broker to speak. */
const needs: Readonly<Record<string, readonly [key: number, version: number, since: string]>> = {
  consumerGroupProtocol: [69, 0, '3.7'],
  shareGroups: [77, 1, '4.1'],
  shareGroupLag: [90, 1, '4.2'],
  quorum: [55, 0, '3.3 in KRaft mode'],
  incrementalConfigs: [44, 1, '2.4'],
  offsetDelete: [47, 0, '2.4'],
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

function featureOf(spoken: ApiVersions, [key, version, since]: readonly [number, number, string]): Feature {
  if (speaks(spoken, key, version)) return { available: true }
  return { available: false, reason: `needs Kafka ${since}` }
}
