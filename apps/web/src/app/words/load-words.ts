import i18next from 'i18next'
import { chooseLanguage, firstLanguage, initI18n, type Language } from '../../lib/i18n.ts'
import { actions as enActions } from './en/actions.ts'
import { words as en } from './en/words.ts'

/** Chinese is a chunk of its own, so that who reads English doesn't load it. English is what a missing word falls back to. */
const loadChinese = async () => {
  const [{ words }, { actions }] = await Promise.all([import('./zh/words.ts'), import('./zh/actions.ts')])
  return { words, actions }
}

/** Starts with the reader's language, its words at hand before the first paint. */
export async function initWords(): Promise<void> {
  const chinese = firstLanguage() === 'zh' ? await loadChinese() : null
  await initI18n({ en, zh: chinese?.words ?? {} })
  i18next.addResourceBundle('en', 'actions', enActions)
  if (chinese) i18next.addResourceBundle('zh', 'actions', chinese.actions)
}

export async function changeLanguage(language: Language): Promise<void> {
  if (language === 'zh') {
    const { words, actions } = await loadChinese()
    i18next.addResourceBundle('zh', 'translation', words, true, true)
    i18next.addResourceBundle('zh', 'actions', actions, true, true)
  }
  await chooseLanguage(language)
}
