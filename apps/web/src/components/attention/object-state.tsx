import { t } from 'i18next'
import type { Tone } from '../state-icon.tsx'
import { StateWord } from '../state-word.tsx'
import { useFinding } from './findings-context.ts'
import { ruleWords } from './rule-words.ts'

/** How the broker itself says that a thing stands. */
export interface Standing {
  readonly tone: Tone
  readonly word: string
}

interface ObjectStateProps {
  /** The row's key. */
  objectKey: string
  standing: Standing
  /** `trouble`: nothing at all where all is well. A phone has no room for "running". */
  show?: 'always' | 'trouble'
}

/** What is wrong with a thing, where something is; else its state in the broker's own word. */
export function ObjectState({ objectKey, standing, show = 'always' }: ObjectStateProps) {
  const finding = useFinding(objectKey)
  if (finding && standing.tone !== 'act') {
    const words = ruleWords(finding, t)
    return (
      <StateWord tone={finding.severity} title={words.what}>
        {words.title.toLocaleLowerCase()}
      </StateWord>
    )
  }
  if (show === 'trouble' && (standing.tone === 'ok' || standing.tone === 'idle')) return null
  return <StateWord tone={standing.tone}>{standing.word}</StateWord>
}
