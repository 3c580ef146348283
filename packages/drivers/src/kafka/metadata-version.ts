import type { ApiVersions } from './api-versions.ts'

/** The highest level of the feature `metadata.version` that each Apache Kafka release supports. */
const levels: readonly (readonly [level: number, release: string])[] = [
  [30, '4.3'],
  [29, '4.2'],
  [27, '4.1'],
  [25, '4.0'],
  [21, '3.9'],
  [20, '3.8'],
  [19, '3.7'],
  [14, '3.6'],
  [11, '3.5'],
  [8, '3.4'],
  [7, '3.3'],
]

/**
 * The release of a broker, without its patch: no request tells it, but each release raised the highest
 * `metadata.version` that its brokers support. `4.3+`: newer than we know. null: it doesn't tell (ZooKeeper's time, or
 * not Apache Kafka's own broker).
 */
export function releaseOf({ supportedFeatures = [] }: ApiVersions): string | null {
  const level = supportedFeatures.find(({ name }) => name === 'metadata.version')?.maxVersion
  const [newest] = levels
  if (level === undefined || !newest) return null
  if (level > newest[0]) return `${newest[1]}+`
  // Levels between two releases' last ones belong to the later release's own development.
  return levels.findLast(([last]) => level <= last)?.[1] ?? null
}
