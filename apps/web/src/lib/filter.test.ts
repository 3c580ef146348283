import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilterField, parseFilter } from './filter.ts'
import { matchWhole, parseNumber } from './filter-values.ts'

interface Queue {
  readonly name: string
  readonly vhost: string
  readonly type: string
  readonly messages: number | null
  readonly consumers: number
  readonly ageMs: number | null
  readonly sizeBytes: number
  readonly policy: string | null
  readonly topics: readonly string[]
  readonly durable: boolean
}

function queue(fields: Partial<Queue>): Queue {
  return {
    name: 'orders',
    vhost: 'aurora',
    type: 'classic',
    messages: 0,
    consumers: 1,
    ageMs: null,
    sizeBytes: 0,
    policy: null,
    topics: [],
    durable: true,
    ...fields,
  }
}

const fields: readonly FilterField<Queue>[] = [
  { name: 'name', type: 'text', isFree: true, value: (row) => row.name },
  { name: 'vhost', type: 'text', value: (row) => row.vhost },
  { name: 'policy', type: 'text', value: (row) => row.policy },
  { name: 'topics', aliases: ['topic'], type: 'text', value: (row) => row.topics },
  { name: 'type', type: 'enum', values: ['classic', 'quorum', 'stream'], value: (row) => row.type },
  { name: 'durable', type: 'enum', values: ['true', 'false'], value: (row) => row.durable },
  { name: 'messages', aliases: ['backlog'], type: 'number', value: (row) => row.messages },
  { name: 'consumers', type: 'number', value: (row) => row.consumers },
  { name: 'age', type: 'number', unit: 'ms', value: (row) => row.ageMs },
  { name: 'size', type: 'number', unit: 'bytes', value: (row) => row.sizeBytes },
]

function matches(text: string, row: Partial<Queue>): boolean {
  const filter = parseFilter(text, fields)
  expect(filter.errors).toEqual([])
  return filter.predicate(queue(row))
}

function errorsOf(text: string) {
  return parseFilter(text, fields).errors.map(({ code, start, end, reason }) => ({
    code,
    at: text.slice(start, end),
    reason,
  }))
}

describe('numbers', () => {
  it.each([
    ['messages:>1000', 1_001, true],
    ['messages:>1000', 1_000, false],
    ['messages:>=1000', 1_000, true],
    ['messages:<5', 4, true],
    ['messages:<=5', 6, false],
    ['messages:5', 5, true],
    ['messages:!5', 5, false],
    ['messages:!>5', 5, true],
    ['messages:>1.5k', 1_501, true],
    ['messages:>2M', 2_000_000, false],
    ['messages:>1,000', 1_001, true],
    ['BACKLOG:>3', 4, true],
  ])('%s of %i is %s', (text, messages, expected) => {
    expect(matches(text, { messages })).toBe(expected)
  })

  it('takes lengths of time and sizes with their units', () => {
    expect(matches('age:>10s', { ageMs: 10_001 })).toBe(true)
    expect(matches('age:>5m', { ageMs: 299_999 })).toBe(false)
    expect(matches('size:>=64MiB', { sizeBytes: 64 * 2 ** 20 })).toBe(true)
    expect(matches('age:>0', { ageMs: 1 })).toBe(true)
  })

  it('that are unknown are neither more nor less nor other', () => {
    for (const text of ['messages:>0', 'messages:<=0', 'messages:!0', 'messages:!>0']) {
      expect(matches(text, { messages: null })).toBe(false)
    }
    expect(matches('messages:unknown', { messages: null })).toBe(true)
    expect(matches('messages:!unknown', { messages: 0 })).toBe(true)
  })
})

describe('text', () => {
  it.each([
    ['vhost:aurora', { vhost: 'aurora' }, true],
    ['vhost:aurora', { vhost: 'aurora2' }, false],
    ['vhost:AURORA', { vhost: 'aurora' }, true],
    ['name:!amq.gen-*', { name: 'amq.gen-x' }, false],
    ['name:!amq.gen-*', { name: 'orders' }, true],
    ['name:*.push.*', { name: 'notify.push.retry' }, true],
    ['name:"a*b"', { name: 'a*b' }, true],
    ['name:"a*b"', { name: 'axb' }, false],
    ['name:"two words"', { name: 'two words' }, true],
    ['name:"say \\"hi\\""', { name: 'say "hi"' }, true],
    ['name:""', { name: '' }, true],
    ['policy:ha', { policy: null }, false],
    ['policy:!ha', { policy: null }, true],
    ['policy:unknown', { policy: null }, true],
    ['policy:"unknown"', { policy: null }, false],
    ['topic:b', { topics: ['a', 'b'] }, true],
    ['topic:!b', { topics: ['a', 'b'] }, false],
  ])('%s of %o is %s', (text, row, expected) => {
    expect(matches(text, row)).toBe(expected)
  })
})

describe('enums', () => {
  it.each([
    ['type:quorum', { type: 'quorum' }, true],
    ['type:quorum,stream', { type: 'stream' }, true],
    ['type:!quorum,stream', { type: 'stream' }, false],
    ['type:qu*', { type: 'quorum' }, true],
    ['durable:false', { durable: false }, true],
  ])('%s of %o is %s', (text, row, expected) => {
    expect(matches(text, row)).toBe(expected)
  })
})

describe('free text', () => {
  it.each([
    ['push', { name: 'notify.push' }, true],
    ['push retry', { name: 'notify.push.retry' }, true],
    ['push retry', { name: 'notify.push' }, false],
    ['!push', { name: 'notify.push' }, false],
    ['n*push', { name: 'my.notify.push.2' }, true],
    ['"sensor:12"', { name: 'home.sensor:12' }, true],
    ['push messages:>1', { name: 'push', messages: 1 }, false],
    ['!', { name: 'wow!' }, true],
    ['aurora', { name: 'orders', vhost: 'aurora' }, false],
  ])('%s of %o is %s', (text, row, expected) => {
    expect(matches(text, row)).toBe(expected)
  })

  it('that is empty takes everything', () => {
    const filter = parseFilter('  ', fields)
    expect(filter.isEmpty).toBe(true)
    expect(filter.predicate(queue({}))).toBe(true)
  })
})

describe('errors', () => {
  it.each([
    ['push consumers:few', 'wantsNumber', 'consumers:few', 'consumers wants a number'],
    ['messages:', 'wantsNumber', 'messages:', 'messages wants a number'],
    ['messages:>10s', 'wantsNumber', 'messages:>10s', 'messages wants a number'],
    ['age:>10', 'wantsDuration', 'age:>10', 'age wants a time such as 10s or 5m'],
    ['size:>10s', 'wantsBytes', 'size:>10s', 'size wants a size such as 64MiB'],
    ['colour:red', 'unknownField', 'colour:red', 'there is no field colour'],
    ['type:lazy', 'notOneOf', 'type:lazy', 'type is one of classic, quorum, stream'],
    ['vhost:>a', 'notOrdered', 'vhost:>a', "vhost is text and can't be compared"],
    ['vhost:', 'wantsValue', 'vhost:', 'vhost wants a value'],
    ['type:,', 'wantsValue', 'type:,', 'type wants a value'],
    ['name:"open', 'openQuote', 'name:"open', 'a quote is not closed'],
  ])('%s is told as %s at its place', (text, code, at, reason) => {
    expect(errorsOf(text)).toEqual([{ code, at, reason }])
  })

  it('are all told, and the filter is not applied', () => {
    const filter = parseFilter('messages:x push consumers:y', fields)
    expect(filter.errors.map((error) => error.field)).toEqual(['messages', 'consumers'])
    expect(filter.predicate(queue({ name: 'nothing like it' }))).toBe(true)
  })

  it('tell what it could have been', () => {
    expect(parseFilter('type:lazy', fields).errors[0]?.values).toEqual(['classic', 'quorum', 'stream'])
  })
})

describe('marks', () => {
  it('colour each part of a term', () => {
    const text = 'messages:>1000 name:!a* push'
    const marks = parseFilter(text, fields).marks.map(({ kind, start, end }) => [
      kind,
      text.slice(start, end),
    ])
    expect(marks).toEqual([
      ['field', 'messages'],
      ['operator', ':>'],
      ['value', '1000'],
      ['field', 'name'],
      ['operator', ':!'],
      ['value', 'a*'],
      ['text', 'push'],
    ])
  })
})

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'messages',
      'type',
      'name',
      ':',
      ':>',
      '!',
      '*',
      '"',
      '\\',
      ' ',
      ',',
      '1k',
      '10s',
      'quorum',
      'ns:',
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

  it('is read without throwing, with every error and mark inside it and in order', () => {
    fc.assert(
      fc.property(text, fc.option(fc.nat()), (typed, messages) => {
        const filter = parseFilter(typed, fields)
        expect(typeof filter.predicate(queue({ messages }))).toBe('boolean')
        let from = 0
        for (const { start, end } of filter.marks) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(end).toBeGreaterThan(start)
          from = end
        }
        for (const { start, end } of filter.errors) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(typed.length)
        }
        expect(from).toBeLessThanOrEqual(typed.length)
      }),
    )
  })

  it('in quotes finds exactly itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (name) => {
        const quoted = `name:"${name.replaceAll(/["\\]/g, '\\$&')}"`
        expect(matches(quoted, { name })).toBe(true)
        expect(matches(quoted, { name: `${name}x` })).toBe(false)
      }),
    )
  })

  it('compares numbers as numbers do', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.nat({ max: 20 }), (messages, wanted) => {
        expect(matches(`messages:>${wanted}`, { messages })).toBe(messages > wanted)
        expect(matches(`messages:!<=${wanted}`, { messages })).toBe(messages > wanted)
        expect(matches(`messages:${wanted}`, { messages })).toBe(messages === wanted)
      }),
    )
  })
})

describe('wildcards', () => {
  it('match as a regular expression would', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 }).map((all) => all.join(''))
    const subject = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((all) => all.join(''))
    fc.assert(
      fc.property(letters, subject, (pattern, text) => {
        expect(matchWhole(pattern)(text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text))
      }),
      { numRuns: 500 },
    )
  })
})

describe('numbers with units', () => {
  it.each([
    ['1k', 'count', 1_000],
    ['1.5M', 'count', 1_500_000],
    ['.5k', 'count', 500],
    ['-3', 'count', -3],
    ['-0', 'count', 0],
    ['1,000,000', 'count', 1_000_000],
    ['1,00', 'count', null],
    ['1e3', 'count', null],
    ['', 'count', null],
    ['Infinity', 'count', null],
    ['0', 'ms', 0],
    ['250ms', 'ms', 250],
    ['1h', 'ms', 3_600_000],
    ['1m', 'count', 1_000_000],
    ['1KiB', 'bytes', 1_024],
  ] as const)('%s as %s is %s', (text, unit, expected) => {
    expect(parseNumber(text, unit)).toBe(expected)
  })
})
