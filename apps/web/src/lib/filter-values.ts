/** What a number of a field counts; says which units may stand behind it in a filter. */
export type NumberUnit = 'count' | 'ms' | 'bytes'

const factors: Record<NumberUnit, Readonly<Record<string, number>>> = {
  count: { '': 1, k: 1e3, m: 1e6, g: 1e9 },
  ms: { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 },
  bytes: { '': 1, b: 1, k: 1e3, m: 1e6, g: 1e9, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
}

/** `1000`, `1,000`, `1.5k`, `2M`; `10s`, `5m` for a length of time; `64MiB` for bytes. Null: not such a number. */
export function parseNumber(text: string, unit: NumberUnit): number | null {
  const match = /^(-?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)([a-z]*)$/i.exec(text)
  if (match === null) return null
  const [, sign, digits = '', suffix = ''] = match
  const value = Number(digits.replaceAll(',', ''))
  // Nought is nought in any unit.
  const factor = value === 0 && suffix === '' ? 1 : factors[unit][suffix.toLowerCase()]
  if (factor === undefined) return null
  return value === 0 ? 0 : (sign === '-' ? -1 : 1) * value * factor
}

export type TextTest = (text: string) => boolean

/** The whole text, in any case; `*` stands for any run of characters, none included. */
export function matchWhole(pattern: string): TextTest {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const last = rest.pop()
  if (last === undefined) return (text) => text.toLowerCase() === first
  return (text) => {
    const folded = text.toLowerCase()
    if (!folded.startsWith(first)) return false
    let from = first.length
    for (const part of rest) {
      const found = folded.indexOf(part, from)
      if (found === -1) return false
      from = found + part.length
    }
    return folded.length - last.length >= from && folded.endsWith(last)
  }
}

/** Anywhere in the text, in any case. */
export function matchPart(pattern: string): TextTest {
  return pattern.includes('*') ? matchWhole(`*${pattern}*`) : matchLiteralPart(pattern)
}

export function matchLiteral(literal: string): TextTest {
  const wanted = literal.toLowerCase()
  return (text) => text.toLowerCase() === wanted
}

export function matchLiteralPart(literal: string): TextTest {
  const wanted = literal.toLowerCase()
  return (text) => text.toLowerCase().includes(wanted)
}
