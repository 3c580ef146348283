import { expect, it } from 'vitest'
import { releaseOf } from './metadata-version.ts'

function supporting(maxVersion: number | null) {
  const supportedFeatures =
    maxVersion === null ? [] : [{ name: 'metadata.version', minVersion: 1, maxVersion }]
  return { errorCode: 0, apiKeys: [], throttleTimeMs: 0, supportedFeatures }
}

it('tells the release by the highest metadata.version that the broker supports', () => {
  const releases = [7, 14, 21, 24, 25, 30, 31, null].map((level) => releaseOf(supporting(level)))
  expect(releases).toEqual(['3.3', '3.6', '3.9', '4.0', '4.0', '4.3', '4.3+', null])
})
