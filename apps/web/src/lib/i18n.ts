import i18next, { type Resource } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { localStore, type SafeStorage } from './safe-storage.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** What `<html lang>` says, which is what screen readers and hyphenation go by. */
export const languageTags: Record<Language, string> = { en: 'en', zh: 'zh-Hans' }

const STORAGE_KEY = 'weir.language'

/** One tree of words per language. */
export type Words = Record<Language, Resource[string][string]>

/**
 * Starts i18next with every language at hand. The language is what the reader chose before; else English, which a
 * word that is missing in another language falls back to.
 */
export async function initI18n(words: Words, storage: SafeStorage = localStore): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: keptLanguage(storage),
    fallbackLng: 'en',
    supportedLngs: languages,
    resources: Object.fromEntries(languages.map((language) => [language, { translation: words[language] }])),
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  markDocument()
  i18next.on('languageChanged', markDocument)
}

export function currentLanguage(): Language {
  return toLanguage(i18next.resolvedLanguage)
}

/** Changes the language now and keeps it for the next visit, where the browser lets us. */
export async function chooseLanguage(language: Language, storage: SafeStorage = localStore): Promise<void> {
  storage.set(STORAGE_KEY, language)
  await i18next.changeLanguage(language)
}

function keptLanguage(storage: SafeStorage): Language {
  return toLanguage(storage.get(STORAGE_KEY) ?? undefined)
}

function toLanguage(text: string | undefined): Language {
  return languages.find((language) => language === text) ?? 'en'
}

function markDocument(): void {
  document.documentElement.lang = languageTags[currentLanguage()]
}
