import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCsv } from './csv.ts'

describe('toCsv', () => {
  it('writes lines that end in CRLF, the header first', () => {
    expect(toCsv(['name', 'messages'], [['orders', 5]])).toBe('name,messages\r\norders,5\r\n')
  })

  it('quotes what would break a line, and leaves what is unknown empty', () => {
    expect(toCsv(['a'], [['x,y'], ['say "hi"'], ['two\nlines'], [null], [true]])).toBe(
      'a\r\n"x,y"\r\n"say ""hi"""\r\n"two\nlines"\r\n\r\ntrue\r\n',
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('disarms %j', (text) => {
    const line = toCsv(['a'], [[text]]).slice('a\r\n'.length)
    expect(line.replace(/^"/, '').startsWith(`'${text[0]}`)).toBe(true)
  })

  it('leaves negative numbers numbers', () => {
    expect(toCsv(['a'], [[-5]])).toBe('a\r\n-5\r\n')
  })

  it('can be read back by the letter of RFC 4180, whatever is in it', () => {
    const safe = fc.string({ unit: 'grapheme' }).map((text) => `n${text}`)
    fc.assert(
      fc.property(fc.array(fc.tuple(safe, safe), { maxLength: 5 }), (lines) => {
        expect(readCsv(toCsv(['a', 'b'], lines))).toEqual([['a', 'b'], ...lines])
      }),
    )
  })
})

/** A reader of its own, from the grammar of the RFC. */
function readCsv(csv: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  for (const [, quoted, bare, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/gy)) {
    record.push(quoted?.replaceAll('""', '"') ?? bare ?? '')
    if (end === ',') continue
    records.push(record)
    record = []
  }
  return records
}
