import { AttentionRule, ErrorCode } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { actions as enActions } from './en/actions.ts'
import { words as en } from './en/words.ts'
import { actions as zhActions } from './zh/actions.ts'
import { words as zh } from './zh/words.ts'

type Tree = { readonly [key: string]: string | Tree }

/** Every text by its key; the two forms of an English plural are one. */
function textsOf(tree: Tree, prefix = ''): Map<string, string[]> {
  const texts = new Map<string, string[]>()
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix + key
    if (typeof value !== 'string') {
      for (const [inner, found] of textsOf(value, `${path}.`)) texts.set(inner, found)
      continue
    }
    const plain = path.replace(/_(one|other)$/, '')
    texts.set(plain, [...(texts.get(plain) ?? []), value])
  }
  return texts
}

function placesIn(texts: readonly string[]): string[] {
  return [
    ...new Set(
      texts.flatMap((text) =>
        [...text.matchAll(/\{\{(\w+)(?:, number)?\}\}/g)].map((match) => match[1] ?? ''),
      ),
    ),
  ].sort()
}

describe.each([
  ['words', en, zh],
  ['actions', enActions, zhActions],
])('%s in English and Chinese', (_, english, chinese) => {
  const englishTexts = textsOf(english)
  const chineseTexts = textsOf(chinese)

  it('have the same keys', () => {
    expect([...chineseTexts.keys()].sort()).toEqual([...englishTexts.keys()].sort())
  })

  it('are never empty', () => {
    const empty = [...englishTexts, ...chineseTexts].filter(([, texts]) =>
      texts.some((text) => text.trim() === ''),
    )
    expect(empty.map(([key]) => key)).toEqual([])
  })

  it('fill the same places, but for a count that only English declines by', () => {
    const different = [...englishTexts].filter(([key, texts]) => {
      const wanted = placesIn(texts).filter((place) => place !== 'count')
      const found = placesIn(chineseTexts.get(key) ?? []).filter((place) => place !== 'count')
      return JSON.stringify(wanted) !== JSON.stringify(found)
    })
    expect(different.map(([key]) => key)).toEqual([])
  })
})

describe.each([
  ['English', en],
  ['Chinese', zh],
])('%s words', (_, words) => {
  it.each(AttentionRule.options)('say of %s what it is, what it means and what to do', (rule) => {
    const { title, object, what, means, todo } = words.attention.rules[rule]
    for (const text of [title, object, what, means, todo]) expect(text).toMatch(/\S/)
  })

  it.each(Object.values(ErrorCode))('say of %s what happened, what it means and what to do', (code) => {
    const { short, title, text, todo } = words.errors[code]
    for (const part of [short, title, text, todo]) expect(part).toMatch(/\S/)
  })
})
