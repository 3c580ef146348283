import { expect, it } from 'vitest'
import { commitRefusal } from './commit-refusal.ts'

const rows = (...codes: number[]) => codes.map((errorCode, partitionIndex) => ({ partitionIndex, errorCode }))

it('finds nothing wrong where every partition was committed', () => {
  expect(commitRefusal(rows(0, 0), 'commit')).toBeNull()
})

it.each([22, 25, 27, 68, 113])('says of code %i that the group has members', (code) => {
  expect(commitRefusal(rows(code, code), 'commit')).toMatchObject({
    code: 'BROKER_REJECTED',
    reason: 'The group has members. Stop them first.',
  })
})

it('names the partitions that were refused, why, and that the others went through', () => {
  expect(commitRefusal(rows(0, 3, 28, 3), 'commit')).toMatchObject({
    code: 'BROKER_REJECTED',
    reason: expect.stringMatching(
      /^partition 1, 3: UNKNOWN_TOPIC_OR_PARTITION.*; partition 2: INVALID_COMMIT_OFFSET_SIZE.*; the other partitions are committed$/,
    ),
  })
})

it.each([
  [30, 'BROKER_FORBIDDEN', false],
  [16, 'BROKER_UNREACHABLE', true],
  [7, 'BROKER_TIMEOUT', true],
  [24, 'BROKER_REJECTED', false],
])('tells what code %i means for the whole of it', (code, errorCode, retryable) => {
  expect(commitRefusal(rows(code, code), 'commit')).toMatchObject({ code: errorCode, retryable })
})
