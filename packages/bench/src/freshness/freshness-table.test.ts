import { expect, it } from 'vitest'
import { freshnessTable } from './freshness-table.ts'

it('has a row for each place a change was looked out for, and counts only where it was seen', () => {
  const rounds = [
    { socket: 100, page: 5_000 },
    { socket: 300, page: null },
    { socket: 200, page: null },
  ]
  expect(freshnessTable([{ change: 'classic, +500', rounds }], []).rows).toEqual([
    ['classic, +500', 'socket', '3', 200, 280, 300],
    ['classic, +500', 'page', '1 of 3', 5_000, 5_000, 5_000],
  ])
})
