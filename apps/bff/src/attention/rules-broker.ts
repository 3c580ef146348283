import { ErrorCode } from '@weir/contract'
import type { Finding } from '../store/attention-book.ts'
import type { Part } from '../views/view-definition.ts'
import { thresholds } from './thresholds.ts'

/** What can be wrong with any broker: nothing answers, or it refuses us. */
export function brokerFindings(part: Part, primary: Parameters<Part['slot']>[0]): Finding[] {
  const stale = part.slot(primary)?.stale
  if (!stale) return []
  const { name } = part.instance
  const refused = stale.code === ErrorCode.brokerAuth || stale.code === ErrorCode.brokerForbidden
  const rule = refused ? 'credentialsRefused' : 'unreachable'
  const figures = { name, ...(!refused && { code: stale.code }) }
  return [{ rule, severity: 'act', object: null, figures, holdMs: thresholds[rule].holdMs }]
}
