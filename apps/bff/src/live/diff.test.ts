import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Row } from '../views/view-definition.ts'
import { diffRecord, diffRows } from './diff.ts'

const value = fc.oneof(fc.integer(), fc.constant(null), fc.string(), fc.array(fc.integer(), { maxLength: 3 }))
const table = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.record({ messages: value, state: value }))
  .map((rows) => new Map<string, Row>(Object.entries(rows).map(([key, row]) => [key, { key, ...row }])))

it('is nothing between equal tables, and leads from any table to any other', () => {
  fc.assert(
    fc.property(table, table, (before, after) => {
      const { set, remove } = diffRows(before, after)
      const applied = new Map(before)
      for (const key of remove) applied.delete(key)
      for (const row of set) applied.set(row.key, row)
      expect(applied).toEqual(after)
      expect(diffRows(after, after)).toEqual({ set: [], remove: [] })
    }),
  )
})

it('holds changed rows alone', () => {
  const rows = (messages: number) =>
    new Map([
      ['a', { key: 'a', messages }],
      ['b', { key: 'b', messages: 1 }],
    ])
  expect(diffRows(rows(1), rows(2))).toEqual({ set: [{ key: 'a', messages: 2 }], remove: [] })
})

it('holds the changed fields of a record, and null when none did', () => {
  expect(diffRecord({ a: 1, b: [1] }, { a: 2, b: [1] })).toEqual({ a: 2 })
  expect(diffRecord({ a: 1, b: [1] }, { a: 1, b: [1] })).toBeNull()
})
