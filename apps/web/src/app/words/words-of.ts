import type { actions } from './en/actions.ts'
import type { words } from './en/words.ts'

/**
 * The same places in another language. Chinese has no singular of its own, so the `_one` forms are English alone.
 */
type Translated<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Translated<T[K]>
}

export type EnglishWords = typeof words
export type Words = Translated<EnglishWords>

/**
 * What is done to a broker is a namespace of its own, `useTranslation('actions')`: the cost of checking a key grows
 * with the number of keys beside it.
 */
export type EnglishActions = typeof actions
export type ActionWords = Translated<EnglishActions>
