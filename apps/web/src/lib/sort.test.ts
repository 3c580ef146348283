import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SortValue, sortRows } from './sort.ts'

interface Row {
  readonly key: string
  readonly value: SortValue
}

const rows = (values: readonly SortValue[]): Row[] =>
  values.map((value, index) => ({ key: String(index), value }))
const values = (sorted: readonly Row[]) => sorted.map((row) => row.value)
const by = (descending: boolean) => [{ value: (row: Row) => row.value, descending }]

describe('sortRows', () => {
  it('puts what is unknown last, whichever way the order goes', () => {
    expect(values(sortRows(rows([null, 2, 0, null, 1]), by(false)))).toEqual([0, 1, 2, null, null])
    expect(values(sortRows(rows([null, 2, 0, null, 1]), by(true)))).toEqual([2, 1, 0, null, null])
  })

  it('sorts text as people do', () => {
    expect(values(sortRows(rows(['orders.10', 'Orders.2', 'alerts', 'orders.1']), by(false)))).toEqual([
      'alerts',
      'orders.1',
      'Orders.2',
      'orders.10',
    ])
  })

  it('sorts by the second where the first is equal, and keeps the order where all are', () => {
    const all = [
      { name: 'b', messages: 1, key: 1 },
      { name: 'a', messages: 1, key: 2 },
      { name: 'c', messages: 5, key: 3 },
      { name: 'a', messages: 1, key: 4 },
    ]
    const sorted = sortRows(all, [
      { value: (row) => row.messages, descending: true },
      { value: (row) => row.name, descending: false },
    ])
    expect(sorted.map((row) => row.key)).toEqual([3, 2, 4, 1])
  })

  it('leaves rows as they are without anything to sort by', () => {
    expect(values(sortRows(rows([3, 1, 2]), []))).toEqual([3, 1, 2])
  })

  it('sorts no before yes', () => {
    expect(values(sortRows(rows([true, false, null]), by(false)))).toEqual([false, true, null])
  })

  it('agrees with a plain stable sort on any numbers', () => {
    const one = fc.record({ a: fc.nat({ max: 3 }), b: fc.nat({ max: 3 }) })
    fc.assert(
      fc.property(fc.array(one), (all) => {
        const sorted = sortRows(all, [
          { value: (row) => row.a, descending: true },
          { value: (row) => row.b, descending: false },
        ])
        expect(sorted).toEqual(all.toSorted((x, y) => y.a - x.a || x.b - y.b))
        const places = sorted.map((row) => all.indexOf(row))
        expect(new Set(places).size).toBe(all.length)
      }),
    )
  })
})
