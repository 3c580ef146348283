/** From `start` up to and not including `end`, in UTF-16 units of the filter's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

export type Operator = ':' | ':>' | ':>=' | ':<' | ':<='

/** One word of a filter, before anybody knows what its field means. */
export interface Term extends Span {
  /** Null: free text. */
  readonly field: (Span & { readonly name: string }) | null
  readonly operator: Operator
  readonly isNegated: boolean
  readonly value: Span & {
    readonly text: string
    /** In quotes every character means itself, `*` included. */
    readonly isLiteral: boolean
    /** False for a quote that nobody closed. */
    readonly isClosed: boolean
  }
}

const FIELD = /[\p{L}_][\p{L}\p{N}_.-]*:/uy
const OPERATOR = /!?(?:>=|<=|>|<)?/y
const QUOTED = /"((?:[^"\\]|\\.)*)("?)/suy
const BARE = /\S*/uy

/** Splits a filter's text into its terms. Any text has some. */
export function readTerms(text: string): Term[] {
  const terms: Term[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const term = readTerm(text, at)
    terms.push(term)
    at = skipSpace(text, term.end)
  }
  return terms
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/u.test(text[at] ?? '')) at += 1
  return at
}

function readTerm(text: string, start: number): Term {
  const named = matchAt(FIELD, text, start)?.[0] ?? ''
  const field = named === '' ? null : { name: named.slice(0, -1), start, end: start + named.length - 1 }
  const afterField = start + named.length
  const signs = field === null ? bareNegation(text, start) : (matchAt(OPERATOR, text, afterField)?.[0] ?? '')
  const value = readValue(text, afterField + signs.length)
  const comparison = signs.replace('!', '')
  return {
    start,
    end: Math.max(value.end, start + 1),
    field,
    operator: isComparison(comparison) ? `:${comparison}` : ':',
    isNegated: signs.startsWith('!'),
    value,
  }
}

/** `!word` without a field; a lone `!` is text like any other. */
function bareNegation(text: string, start: number): string {
  return /^![^\s]/u.test(text.slice(start, start + 3)) ? '!' : ''
}

function isComparison(text: string): text is '>' | '>=' | '<' | '<=' {
  return text !== ''
}

function readValue(text: string, start: number): Term['value'] {
  const quoted = matchAt(QUOTED, text, start)
  if (quoted === null) {
    const bare = matchAt(BARE, text, start)?.[0] ?? ''
    return { start, end: start + bare.length, text: bare, isLiteral: false, isClosed: true }
  }
  const [whole, inner = '', closing] = quoted
  const unescaped = inner.replace(/\\(.)/gsu, '$1')
  return { start, end: start + whole.length, text: unescaped, isLiteral: true, isClosed: closing === '"' }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
