import type { AttentionRow } from '@weir/contract'
import type { TFunction } from 'i18next'
import { figuresInWords } from './figures-in-words.ts'

export interface RuleWords {
  readonly title: string
  /** What kind of thing it is about. */
  readonly object: string
  readonly what: string
  readonly means: string
  readonly todo: string
}

/** One line of what is wrong, in the reader's language, its figures filled in. */
export function ruleWords({ rule, figures }: AttentionRow, t: TFunction): RuleWords {
  const filled = figuresInWords(figures, t)
  const title = t(`attention.rules.${rule}.title`)
  const object = t(`attention.rules.${rule}.object`)
  if (rule === 'clientFlapping' && figures.takeovers === 0) {
    // Nobody else has its id: it comes and goes by itself, which means and needs something else.
    return {
      title,
      object,
      what: t('attention.comesAndGoes.what', filled),
      means: t('attention.comesAndGoes.means'),
      todo: t('attention.comesAndGoes.todo'),
    }
  }
  return {
    title,
    object,
    what: t(`attention.rules.${rule}.what`, filled),
    means: t(`attention.rules.${rule}.means`, filled),
    todo: t(`attention.rules.${rule}.todo`, filled),
  }
}
