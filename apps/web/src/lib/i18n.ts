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
 * Starts i18next with every language at hand. A word that is missing in another
 * language falls back to English.
 */
export async function initI18n(words: Words, storage: SafeStorage = localStore): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(storage),
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

/** What the reader chose before; else what the browser asks for, as far as we have it; else English. */
export function firstLanguage(storage: SafeStorage = localStore): Language {
  const asked = [storage.get(STORAGE_KEY) ?? '', ...navigator.languages]
  const primaries = asked.map((tag) => tag.split('-')[0])
  return languages.find((language) => language === primaries.find(isOurs)) ?? 'en'
}

function isOurs(primary: string | undefined): boolean {
  return languages.some((language) => language === primary)
}

function toLanguage(text: string | undefined): Language {
  return languages.find((language) => language === text) ?? 'en'
}

function markDocument(): void {
  document.documentElement.lang = languageTags[currentLanguage()]
}
