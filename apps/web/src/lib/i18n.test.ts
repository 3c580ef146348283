import i18next from 'i18next'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chooseLanguage, currentLanguage, firstLanguage, initI18n } from './i18n.ts'
import type { SafeStorage } from './safe-storage.ts'

const words = { en: { home: 'Home', only: 'Only here' }, zh: { home: '首页' } }
/** The app's own keys are typed; these are not among them. */
const say = (key: string): string => Reflect.apply(i18next.t, i18next, [key])

let kept: Map<string, string>
let storage: SafeStorage

beforeEach(() => {
  kept = new Map()
  storage = {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => kept.set(key, value).has(key),
    remove: (key) => kept.delete(key),
  }
})

afterEach(() => vi.restoreAllMocks())

describe('firstLanguage', () => {
  const asks = (...tags: string[]) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags)

  it('is what the browser asks for first, of what we have', () => {
    asks('fr-FR', 'zh-CN', 'en')
    expect(firstLanguage(storage)).toBe('zh')
    asks('fr-FR')
    expect(firstLanguage(storage)).toBe('en')
  })

  it('is what was chosen before, whatever the browser asks for', () => {
    asks('zh-CN')
    kept.set('weir.language', 'en')
    expect(firstLanguage(storage)).toBe('en')
  })
})

describe('initI18n', () => {
  it('begins in English', async () => {
    await initI18n(words, storage)
    expect(say('home')).toBe('Home')
    expect(document.documentElement.lang).toBe('en')
  })

  it('remembers what was chosen, and says it to the document', async () => {
    await initI18n(words, storage)
    await chooseLanguage('zh', storage)
    expect(say('home')).toBe('首页')
    expect(document.documentElement.lang).toBe('zh-Hans')
    await chooseLanguage('en', { ...storage, set: () => false })
    await initI18n(words, storage)
    expect(currentLanguage()).toBe('zh')
  })

  it('falls back to English for a word, and for a language it does not have', async () => {
    kept.set('weir.language', 'tlh')
    await initI18n(words, storage)
    expect(currentLanguage()).toBe('en')
    await chooseLanguage('zh', storage)
    expect(say('only')).toBe('Only here')
  })
})
