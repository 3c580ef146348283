import { describe, expect, it } from 'vitest'
import { cellText, markdownTable, type Table, textTable } from './table.ts'

const table: Table = {
  title: 'Freshness',
  columns: ['queue', 'median ms'],
  rows: [
    ['classic', 512.4],
    ['a|b', null],
  ],
  notes: ['– = not within 15 s'],
}

describe('textTable', () => {
  it('lines figures up on the right and words on the left', () => {
    expect(textTable(table).split('\n')).toEqual([
      'Freshness',
      'queue    median ms',
      '───────  ─────────',
      'classic        512',
      'a|b              –',
      '  – = not within 15 s',
    ])
  })
})

describe('markdownTable', () => {
  it('escapes what would end a cell, and sets the notes below', () => {
    expect(markdownTable(table).split('\n')).toEqual([
      '| queue | median ms |',
      '| --- | ---: |',
      '| classic | 512 |',
      '| a\\|b | – |',
      '',
      '- – = not within 15 s',
    ])
  })
})

describe('cellText', () => {
  it.each([
    [0, '0'],
    [0.126, '0.13'],
    [12.34, '12.3'],
    [1234.5, '1,235'],
    [5000, '5,000'],
    [null, '–'],
    ['50 of 60', '50 of 60'],
  ])('writes %s as %s', (cell, text) => {
    expect(cellText(cell)).toBe(text)
  })
})
