import { type Operator, readTerms, type Span, type Term } from './filter-terms.ts'
import {
  matchLiteral,
  matchLiteralPart,
  matchPart,
  matchWhole,
  type NumberUnit,
  parseNumber,
  type TextTest,
} from './filter-values.ts'

/** What a row holds in a field. A list holds when one of its items does; null is unknown. */
export type FilterValue = string | number | boolean | null | readonly string[]

interface FieldBase<Row> {
  /** As it is typed: the view's field. */
  readonly name: string
  readonly aliases?: readonly string[]
  readonly value: (row: Row) => FilterValue
}

export type FilterField<Row> =
  | (FieldBase<Row> & { readonly type: 'number'; readonly unit?: NumberUnit })
  /** `isFree`: also searched by words without a field; when no field says so, every text field is. */
  | (FieldBase<Row> & { readonly type: 'text'; readonly isFree?: boolean })
  | (FieldBase<Row> & { readonly type: 'enum'; readonly values: readonly string[] })

/** Where a filter can't be read, and why: a sentence in English, and a code for other languages. */
export interface FilterError extends Span {
  readonly code:
    | 'unknownField'
    | 'wantsNumber'
    | 'wantsDuration'
    | 'wantsBytes'
    | 'wantsValue'
    | 'notOneOf'
    | 'notOrdered'
    | 'openQuote'
  readonly field: string
  /** For `notOneOf`: what it could be. */
  readonly values: readonly string[]
  readonly reason: string
}

/** A stretch of the text, for colouring it as it is typed. */
export interface FilterMark extends Span {
  readonly kind: 'field' | 'operator' | 'value' | 'text'
}

export interface Filter<Row> {
  /** Takes every row while there are errors: a filter that can't be read is not applied. */
  readonly predicate: (row: Row) => boolean
  readonly errors: readonly FilterError[]
  readonly marks: readonly FilterMark[]
  readonly isEmpty: boolean
}

/**
 * Reads `messages:>1000 type:quorum name:!amq.gen-* push`. All terms must hold. Never throws.
 *
 * A number compares by `:>` `:>=` `:<` `:<=` or equals by `:`, with units as `1.5k`, `2M`, `10s`, `5m`, `64MiB`; text
 * is the whole, with `*` for anything; an enum is one of its values, or one of several with commas. `!` turns a term
 * round. `unknown` finds what the broker doesn't tell; no comparison and no `!` of one holds for it. Quotes take
 * characters as they are. Words without a field are looked for anywhere in the free text fields. Case never counts.
 */
export function parseFilter<Row>(text: string, fields: readonly FilterField<Row>[]): Filter<Row> {
  const terms = readTerms(text)
  const readings = terms.map((term) => readTerm(term, fields))
  const errors = readings.flatMap((reading) => ('error' in reading ? [reading.error] : []))
  const tests = readings.flatMap((reading) => ('test' in reading ? [reading.test] : []))
  return {
    predicate: errors.length > 0 ? () => true : (row) => tests.every((test) => test(row)),
    errors,
    marks: terms.flatMap(marksOf),
    isEmpty: terms.length === 0,
  }
}

type RowTest<Row> = (row: Row) => boolean
type Reading<Row> = { readonly test: RowTest<Row> } | { readonly error: FilterError }

function readTerm<Row>(term: Term, fields: readonly FilterField<Row>[]): Reading<Row> {
  if (!term.value.isClosed) return fail(term, 'openQuote', 'a quote is not closed')
  if (term.field === null) return { test: negatable(term, freeText(term, fields)) }
  const field = fieldNamed(term.field.name, fields)
  if (field === undefined) return fail(term, 'unknownField', `there is no field ${term.field.name}`)
  switch (field.type) {
    case 'number':
      return readNumberTerm(term, field)
    case 'text':
      return readTextTerm(term, field)
    case 'enum':
      return readEnumTerm(term, field)
    default:
      return field satisfies never
  }
}

function fieldNamed<Row>(name: string, fields: readonly FilterField<Row>[]): FilterField<Row> | undefined {
  const wanted = name.toLowerCase()
  return fields.find((field) =>
    [field.name, ...(field.aliases ?? [])].some((one) => one.toLowerCase() === wanted),
  )
}

type FieldOf<Row, T extends FilterField<Row>['type']> = Extract<FilterField<Row>, { type: T }>

function readNumberTerm<Row>(term: Term, field: FieldOf<Row, 'number'>): Reading<Row> {
  if (isUnknownWord(term)) return unknownTest(term, field)
  const wanted = parseNumber(term.value.text, field.unit ?? 'count')
  if (wanted === null) return fail(term, ...numberWanted[field.unit ?? 'count'](field.name))
  const compare = comparisons[term.operator]
  return {
    test: (row) => {
      const value = field.value(row)
      // Unknown is neither more nor less, nor other than something.
      return typeof value === 'number' && compare(value, wanted) !== term.isNegated
    },
  }
}

const comparisons: Record<Operator, (value: number, wanted: number) => boolean> = {
  ':': (value, wanted) => value === wanted,
  ':>': (value, wanted) => value > wanted,
  ':>=': (value, wanted) => value >= wanted,
  ':<': (value, wanted) => value < wanted,
  ':<=': (value, wanted) => value <= wanted,
}

const numberWanted: Record<NumberUnit, (field: string) => [FilterError['code'], string]> = {
  count: (field) => ['wantsNumber', `${field} wants a number`],
  ms: (field) => ['wantsDuration', `${field} wants a time such as 10s or 5m`],
  bytes: (field) => ['wantsBytes', `${field} wants a size such as 64MiB`],
}

function readTextTerm<Row>(term: Term, field: FieldOf<Row, 'text'>): Reading<Row> {
  if (term.operator !== ':') return fail(term, 'notOrdered', `${field.name} is text and can't be compared`)
  const { text, isLiteral } = term.value
  if (text === '' && !isLiteral) return fail(term, 'wantsValue', `${field.name} wants a value`)
  if (isUnknownWord(term)) return unknownTest(term, field)
  const matches = isLiteral ? matchLiteral(text) : matchWhole(text)
  return { test: negatable(term, (row) => anyText(field.value(row), matches)) }
}

function readEnumTerm<Row>(term: Term, field: FieldOf<Row, 'enum'>): Reading<Row> {
  if (term.operator !== ':') return fail(term, 'notOrdered', `${field.name} can't be compared`)
  if (isUnknownWord(term)) return unknownTest(term, field)
  const { text, isLiteral } = term.value
  const wanted = isLiteral ? [text] : text.split(',').filter((one) => one !== '')
  if (wanted.length === 0) return fail(term, 'wantsValue', `${field.name} wants a value`)
  const tests = wanted.map((one) => (isLiteral ? matchLiteral(one) : matchWhole(one)))
  if (!tests.every((test) => field.values.some(test))) {
    return fail(term, 'notOneOf', `${field.name} is one of ${field.values.join(', ')}`, field.values)
  }
  return {
    test: negatable(term, (row) => anyText(field.value(row), (value) => tests.some((test) => test(value)))),
  }
}

/** The bare word `unknown`: what is null. In quotes it is text. */
function isUnknownWord({ value, operator }: Term): boolean {
  return !value.isLiteral && operator === ':' && value.text.toLowerCase() === 'unknown'
}

function unknownTest<Row>(term: Term, field: FilterField<Row>): Reading<Row> {
  return { test: negatable(term, (row) => field.value(row) === null) }
}

function freeText<Row>(term: Term, fields: readonly FilterField<Row>[]): RowTest<Row> {
  const texts = fields.filter((field) => field.type === 'text')
  const free = texts.filter((field) => field.isFree === true)
  const searched = free.length > 0 ? free : texts
  const { text, isLiteral } = term.value
  const matches = isLiteral ? matchLiteralPart(text) : matchPart(text)
  return (row) => searched.some((field) => anyText(field.value(row), matches))
}

function anyText(value: FilterValue, matches: TextTest): boolean {
  if (value === null) return false
  if (typeof value === 'object') return value.some(matches)
  return matches(String(value))
}

function negatable<Row>({ isNegated }: Term, test: RowTest<Row>): RowTest<Row> {
  return isNegated ? (row) => !test(row) : test
}

function fail(
  { start, end, field }: Term,
  code: FilterError['code'],
  reason: string,
  values: readonly string[] = [],
): { readonly error: FilterError } {
  return { error: { start, end, code, field: field?.name ?? '', values, reason } }
}

function marksOf({ start, field, value }: Term): FilterMark[] {
  if (field === null) return [{ start, end: value.end, kind: 'text' }]
  const marks: FilterMark[] = [
    { start, end: field.end, kind: 'field' },
    { start: field.end, end: value.start, kind: 'operator' },
    { start: value.start, end: value.end, kind: 'value' },
  ]
  return marks.filter((mark) => mark.end > mark.start)
}
