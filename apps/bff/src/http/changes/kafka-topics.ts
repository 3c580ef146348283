import { ownsTopic } from '../../views/kafka-scope.ts'
import { notFound, reach } from '../instance-access.ts'
import type { RequestContext } from '../request-context.ts'
import { audited } from './audited.ts'

interface Input {
  readonly instanceId: string
  readonly topic: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly cleanupPolicy?: string | undefined
  readonly retentionMs?: number | undefined
  readonly validateOnly: boolean
}

/** Throws NOT_FOUND for a name outside the prefix; what the broker refuses, in its words (taken, too many replicas …). */
export async function createTopic(context: RequestContext, input: Input) {
  const { instance, driver } = reach(context, input.instanceId, 'kafka')
  const { topic, partitions, replicationFactor, cleanupPolicy, retentionMs, validateOnly } = input
  if (!ownsTopic(instance.scope, topic)) throw notFound('that name is outside what this instance holds')
  const configs = {
    ...(cleanupPolicy !== undefined && { 'cleanup.policy': cleanupPolicy }),
    ...(retentionMs !== undefined && { 'retention.ms': String(retentionMs) }),
  }
  const create = (signal: AbortSignal) =>
    driver.createTopic({ topic, partitions, replicationFactor, configs, validateOnly }, signal)
  if (validateOnly) {
    await create(AbortSignal.timeout(10_000))
    return { topic, created: false }
  }
  await audited(context, {
    instance,
    procedure: 'kafka.createTopic',
    target: `topic ${topic}`,
    before: null,
    run: create,
    after: () => ({ partitions, replicationFactor, ...configs }),
  })
  return { topic, created: true }
}
