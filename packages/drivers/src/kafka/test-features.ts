import { expect } from 'vitest'
import type { KafkaDriver } from './kafka-driver.ts'

/** What a release before 4 lacks, and the sentence that says so. */
const lacking: Readonly<Record<string, string>> = {
  consumerGroupProtocol: 'group.version is off in this cluster',
  shareGroups: 'needs Kafka 4.2',
}

/**
 * Whether this cluster has a feature, by the driver. Where its release is known, the driver must be right about it: a
 * case that asks for what is lacking on an old broker can't be passed over on a new one.
 */
export async function hasFeature(
  driver: KafkaDriver,
  feature: string,
  release: string | null,
): Promise<boolean> {
  const { features } = await driver.capabilities(AbortSignal.timeout(5_000))
  const told = features[feature]
  if (release !== null) {
    const isOld = Number.parseInt(release, 10) < 4
    expect(told).toEqual(isOld ? { available: false, reason: lacking[feature] } : { available: true })
  }
  return told?.available === true
}
