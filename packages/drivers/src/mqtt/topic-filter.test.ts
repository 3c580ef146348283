import { expect, it } from 'vitest'
import { filterMatches } from './topic-filter.ts'

it.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a', false],
  ['a', 'a/b', false],
  ['a/+', 'a/b', true],
  ['a/+', 'a/b/c', false],
  ['a/+', 'a/', true],
  ['a/#', 'a', true],
  ['a/#', 'a/b/c', true],
  ['#', 'a/b', true],
  ['#', '$SYS/broker/uptime', false],
  ['+/broker/uptime', '$SYS/broker/uptime', false],
  ['$SYS/#', '$SYS/broker/uptime', true],
  ['$SYS/broker/clients/+', '$SYS/broker/clients/total', true],
  ['$share/group/a/#', 'a/b', true],
])('%s on %s: %s', (filter, topic, matches) => {
  expect(filterMatches(filter, topic)).toBe(matches)
})
