import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdOrder } from './held-order.ts'

const rows = (keys: string) => [...keys].map((key) => ({ key, isFresh: true }))
const hold = (held: string, sorted: string) => {
  const order = holdOrder([...held], rows(sorted), (row) => row.key)
  const text = (all: readonly { key: string }[]) => all.map((row) => row.key).join('')
  return {
    rows: text(order.rows),
    added: text(order.added),
    removed: order.removed.join(''),
    moves: order.moves,
  }
}

describe('holdOrder', () => {
  it('draws fresh values in the held order', () => {
    expect(hold('abc', 'cab')).toEqual({ rows: 'abc', added: '', removed: '', moves: 1 })
    expect(holdOrder(['a'], rows('a'), (row) => row.key).rows[0]?.isFresh).toBe(true)
  })

  it('collects new rows in fresh order and drops those that are gone', () => {
    expect(hold('abc', 'xcay')).toEqual({ rows: 'ac', added: 'xy', removed: 'b', moves: 1 })
  })

  it('would move nothing when the order is the same, whatever came or went', () => {
    expect(hold('abcd', 'xaczd').moves).toBe(0)
    expect(hold('', 'abc')).toEqual({ rows: '', added: 'abc', removed: '', moves: 0 })
  })

  it('counts the rows that move and not those they pass', () => {
    expect(hold('abcdefgh', 'habcdefg').moves).toBe(1)
    expect(hold('abcd', 'dcba').moves).toBe(3)
  })

  it('agrees with trying every way, for any small order', () => {
    const order = fc.shuffledSubarray([...'abcdef'], { minLength: 6 })
    fc.assert(
      fc.property(order, (sorted) => {
        expect(hold('abcdef', sorted.join('')).moves).toBe(6 - longestByTrying(sorted))
      }),
    )
  })
})

/** The longest run of letters in alphabetical order that can be left standing, by looking at all of them. */
function longestByTrying(letters: readonly string[]): number {
  let best = 0
  for (let chosen = 0; chosen < 2 ** letters.length; chosen += 1) {
    const kept = letters.filter((_, index) => (chosen >> index) & 1)
    if (kept.every((letter, index) => index === 0 || (kept[index - 1] ?? '') < letter)) {
      best = Math.max(best, kept.length)
    }
  }
  return best
}
