import type { ResetPartition, ResetPreview, ResetTo } from '@weir/contract'
import { ownsGroup, ownsTopic } from '../../views/kafka-scope.ts'
import { notFound, reach } from '../instance-access.ts'
import type { RequestContext } from '../request-context.ts'
import { audited } from './audited.ts'

interface Place {
  readonly instanceId: string
  readonly groupId: string
  readonly topic: string
}

/** How long the broker may take to say where the log is. */
const PREVIEW_MS = 10_000

/** What a reset would touch, asked of the broker now. Throws NOT_FOUND outside the scope; any BrokerError. */
export async function previewOffsetReset(
  context: RequestContext,
  { to, ...place }: Place & { readonly to: ResetTo },
): Promise<ResetPreview> {
  const { driver } = ownPlace(context, place)
  const { groupId, topic } = place
  const plan = await driver.planOffsetReset({ groupId, topic, to }, AbortSignal.timeout(PREVIEW_MS))
  return {
    groupId,
    topic,
    members: plan.members,
    state: plan.state,
    partitions: plan.partitions.map(({ partition, from, to: target }): ResetPartition => {
      const moved = from === null ? 0n : target - from
      return {
        partition,
        from: from === null ? null : String(from),
        to: String(target),
        readAgain: moved < 0n ? Number(-moved) : 0,
        skipped: moved > 0n ? Number(moved) : 0,
      }
    }),
  }
}

/**
 * Commits the given offsets. Answers the commits that were there before, which undo it.
 * Throws NOT_FOUND outside the scope; BROKER_REJECTED while the group has members.
 */
export async function resetOffsets(
  context: RequestContext,
  { offsets, ...place }: Place & { readonly offsets: readonly { partition: number; offset: string }[] },
) {
  const { instance, driver } = ownPlace(context, place)
  const { groupId, topic } = place
  // Asked now: what undoes a reset must not be a reading from some seconds ago.
  const commits = await driver.committedOffsets({ groupId, topic }, AbortSignal.timeout(PREVIEW_MS))
  const before = offsets.map(({ partition }) => ({
    partition,
    offset: commits.get(partition)?.toString() ?? null,
  }))
  await audited(context, {
    instance,
    procedure: 'kafka.resetOffsets',
    target: `group ${groupId} on topic ${topic}`,
    before: { offsets: before },
    run: (signal) =>
      driver.commitOffsets(
        {
          groupId,
          topic,
          offsets: offsets.map(({ partition, offset }) => ({ partition, offset: BigInt(offset) })),
        },
        signal,
      ),
    after: () => ({ offsets }),
  })
  return { before }
}

/** Group and topic must both be the instance's own: a commit on another's topic would tell its length. */
function ownPlace(context: RequestContext, { instanceId, groupId, topic }: Place) {
  const reached = reach(context, instanceId, 'kafka')
  const { scope } = reached.instance
  if (!ownsGroup(scope, groupId) || !ownsTopic(scope, topic)) throw notFound('there is no such group here')
  return reached
}
