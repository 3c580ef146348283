import { describe, expect, it } from 'vitest'
import { fitting, type TableColumn } from './table-column.ts'

function column(id: string, width: number | undefined, essential = false): TableColumn<unknown> {
  const sized = width === undefined ? {} : { width }
  return { id, label: id, kind: 'text', essential, value: () => null, cell: () => null, ...sized }
}

const columns = [
  column('name', undefined, true),
  column('type', 80),
  column('messages', 90, true),
  column('rate', 70),
  column('chart', 140),
]
const ids = (found: readonly TableColumn<unknown>[]) => found.map(({ id }) => id)

describe('fitting', () => {
  it('keeps every column where there is room', () => {
    expect(ids(fitting(columns, 600))).toEqual(['name', 'type', 'messages', 'rate', 'chart'])
  })

  it('lets columns go from the right, and no more of them than it must', () => {
    expect(ids(fitting(columns, 450))).toEqual(['name', 'type', 'messages', 'rate'])
    expect(ids(fitting(columns, 400))).toEqual(['name', 'type', 'messages'])
  })

  it('keeps what is essential even where it is too wide', () => {
    expect(ids(fitting(columns, 100))).toEqual(['name', 'messages'])
  })

  it('waits for the first measure', () => {
    expect(fitting(columns, 0)).toBe(columns)
  })
})
