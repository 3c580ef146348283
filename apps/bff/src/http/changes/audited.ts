import { ErrorCode, type Instance } from '@weir/contract'
import { errorCodeOf } from '../error-body.ts'
import type { RequestContext } from '../request-context.ts'

/** How long a broker may take over one change; its outcome is unknown after. */
const CHANGE_MS = 15_000

export interface Change<R> {
  readonly instance: Instance
  /** The contract's name for it: `rabbitmq.purgeQueue`. */
  readonly procedure: string
  /** What it is done to, in the broker's words. Never a secret or a payload. */
  readonly target: string
  readonly before: Record<string, unknown> | null
  run(signal: AbortSignal): Promise<R>
  after?(result: R): Record<string, unknown>
}

/** Makes a change and writes it down: the intent before the broker is called, the outcome after. */
export async function audited<R>(context: RequestContext, change: Change<R>): Promise<R> {
  const { instance, procedure, target, before } = change
  const { audit, actor, requestId, log, readAgain } = context
  const intent = { actor: actor.type, tenantId: instance.tenantId, instanceId: instance.id }
  const id = await audit.intend({ ...intent, procedure, target, before, requestId })
  let result: R
  try {
    result = await change.run(AbortSignal.timeout(CHANGE_MS))
  } catch (error) {
    const code = errorCodeOf(error)
    // No answer is no refusal: the broker may have done it, or may yet.
    const unanswered = code === ErrorCode.brokerTimeout
    await audit.conclude(id, { result: unanswered ? 'unknown' : 'failed', code })
    log.info({ ...intent, procedure, target, requestId, code }, 'not changed, as far as is known')
    throw error
  } finally {
    // Also after a refusal or none: what is there now is what counts.
    readAgain(instance.clusterId)
  }
  await audit.conclude(id, { result: 'done', after: change.after?.(result) ?? null })
  log.info({ ...intent, procedure, target, requestId }, 'changed')
  return result
}
