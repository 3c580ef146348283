import { AttentionRule } from '@weir/contract'
import i18next, { t } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { words as en } from '../../app/words/en/words.ts'
import { words as zh } from '../../app/words/zh/words.ts'
import { initI18n } from '../../lib/i18n.ts'
import { figuresInWords } from './figures-in-words.ts'

beforeAll(() => initI18n({ en, zh }))

describe('figuresInWords', () => {
  it('formats a figure by what its name says it is', () => {
    const figures = { messages: 18_480, perSecond: 330, oldestAgeMs: 95_000, share: 0.824, limit: 50_000 }
    expect(figuresInWords(figures, t)).toMatchObject({
      messages: '18.5\u00a0k',
      perSecond: '330\u00a0/s',
      oldestAgeMs: '1\u00a0m\u00a035\u00a0s',
      share: '82\u00a0%',
      limit: '50.0\u00a0k',
    })
  })

  it('words a code and an alarm, and leaves other words as they are', () => {
    const figures = figuresInWords({ code: 'BROKER_TIMEOUT', alarm: 'memory' }, t)
    expect(figures).toMatchObject({ code: 'no answer in time', alarm: 'memory' })
  })

  it('says – for what a rule does not tell, and 0 for a measured zero', () => {
    expect(figuresInWords({ consumers: 0, lag: null }, t)).toMatchObject({
      consumers: '0',
      lag: '–',
      limit: '–',
    })
  })

  describe.each(['en', 'zh'])('in %s', (language) => {
    beforeAll(() => void i18next.changeLanguage(language))

    it.each(AttentionRule.options)('leaves no place of %s unfilled', (rule) => {
      const figures = figuresInWords({}, t)
      const sentences = (['what', 'means', 'todo'] as const).map((part) =>
        t(`attention.rules.${rule}.${part}`, figures),
      )
      expect(sentences.join(' ')).not.toMatch(/\{\{|\}\}/)
    })
  })
})
