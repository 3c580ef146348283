import i18next from 'i18next'
import { chooseLanguage, initI18n, type Language } from '../../lib/i18n.ts'
import { localStore } from '../../lib/safe-storage.ts'
import { words as en } from './en/words.ts'

/** Chinese is a chunk of its own, so that who reads English doesn't load it. English is what a missing word falls back to. */
const loadChinese = () => import('./zh/words.ts').then(({ words }) => words)

/** Starts with the language of the last visit, its words at hand before the first paint. */
export async function initWords(): Promise<void> {
  // The key is that of lib/i18n.ts.
  const isChinese = localStore.get('weir.language') === 'zh'
  await initI18n({ en, zh: isChinese ? await loadChinese() : {} })
}

export async function changeLanguage(language: Language): Promise<void> {
  if (language === 'zh') i18next.addResourceBundle('zh', 'translation', await loadChinese(), true, true)
  await chooseLanguage(language)
}
