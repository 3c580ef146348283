import type { words } from './en/words.ts'

/**
 * The same places in another language. Chinese has no singular of its own, so the `_one` forms are English alone.
 */
type Translated<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Translated<T[K]>
}

export type EnglishWords = typeof words
export type Words = Translated<EnglishWords>
