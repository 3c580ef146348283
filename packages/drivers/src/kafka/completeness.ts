import { BrokerTimeoutError } from '../errors.ts'
import type { Round } from './fan-out.ts'

/**
 * What to say of the brokers that didn't answer, one clause each. Ids alone: the notes are shown to tenants, whom
 * hosts and ports are none of the business.
 */
export function noteOn({ outcomes }: Round): string[] {
  const notes: string[] = []
  for (const [broker, outcome] of outcomes) {
    if (outcome === 'answered') continue
    if (outcome === 'late') notes.push(`broker ${broker} is slow to answer`)
    else if (outcome instanceof BrokerTimeoutError) notes.push(`broker ${broker} does not answer`)
    else notes.push(`broker ${broker} cannot be reached`)
  }
  return notes
}
