import type { EnglishActions, EnglishWords } from './words-of.ts'

/** English is what is written first, so its tree says which words there are: `t('…')` is checked against it. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: EnglishWords; actions: EnglishActions }
    returnNull: false
    // Ours has no contexts, and error codes hold underscores.
    contextSeparator: '~'
  }
}
