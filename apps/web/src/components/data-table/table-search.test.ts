import { describe, expect, it } from 'vitest'
import { formatSort, parseSort, sortAfterClick, TableSearch } from './table-search.ts'

const messages = { id: 'messages', kind: 'number' } as const
const name = { id: 'name', kind: 'text' } as const

describe('the order in the URL', () => {
  it('reads and writes the same text', () => {
    expect(formatSort(parseSort('-messages,name'))).toBe('-messages,name')
  })

  it('is none for a text without a column', () => {
    expect(parseSort(undefined)).toEqual([])
    expect(parseSort('-,,')).toEqual([])
    expect(formatSort([])).toBeUndefined()
  })
})

describe('a click on a head', () => {
  it('begins numbers with the most and text with a', () => {
    expect(formatSort(sortAfterClick([], messages, false))).toBe('-messages')
    expect(formatSort(sortAfterClick([], name, false))).toBe('name')
  })

  it('turns the column round when it is clicked again, and forgets the others', () => {
    expect(formatSort(sortAfterClick(parseSort('-messages,name'), messages, false))).toBe('messages')
  })

  it('with shift comes after those that are there', () => {
    expect(formatSort(sortAfterClick(parseSort('-messages'), name, true))).toBe('-messages,name')
  })

  it('with shift turns round in its place', () => {
    expect(formatSort(sortAfterClick(parseSort('-messages,name'), messages, true))).toBe('messages,name')
  })
})

describe('TableSearch', () => {
  it('takes what it cannot read as if it were not there', () => {
    expect(TableSearch.parse({ sort: 7, density: 'huge', filter: 'x' })).toEqual({ filter: 'x' })
  })
})
