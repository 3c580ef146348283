import { COMPLETE, type Reading } from '../driver.ts'
import { BrokerResponseError } from '../errors.ts'
import type { BrokerConnection } from './broker-connection.ts'
import type { BrokerPool } from './broker-pool.ts'
import { noteOn } from './completeness.ts'
import { KafkaCode, meansCoordinatorMoved } from './errors.ts'
import { FanOut, type Round } from './fan-out.ts'
import { describeGroupsOf } from './group-describe.ts'
import type { GroupList, GroupProtocol, ListedGroup } from './group-list.ts'
import type { KafkaGroupMeta } from './readings.ts'
import { describeShareGroupOffsetsV1, type ShareGroupOffsets } from './share-groups.ts'

/** What a group's coordinator has told beyond its being there. */
interface Told {
  readonly state: string | null
  readonly members: number | null
  readonly brokerLag: number | null
}

const NOTHING_TOLD: Told = { state: null, members: null, brokerLag: null }

/** `kafka.groups`: which groups there are, their kind, state and members. */
export class GroupsReader {
  readonly #pool: BrokerPool
  readonly #groups: GroupList
  readonly #fanOut = new FanOut()
  #told = new Map<string, Told>()
  #requests = 0

  constructor(pool: BrokerPool, groups: GroupList) {
    this.#pool = pool
    this.#groups = groups
  }

  /** Throws: BrokerError, when no broker answers. */
  async read(): Promise<Reading<ReadonlyMap<string, KafkaGroupMeta>>> {
    this.#requests = 0
    const before = this.#groups.requests
    const listed = await this.#groups.refresh()
    const jobs = this.#jobs(listed)
    const described = await this.#fanOut.round(jobs.keys(), (broker) =>
      this.#describe(broker, jobs.get(broker)),
    )
    for (const groupId of this.#told.keys()) if (!listed.has(groupId)) this.#told.delete(groupId)
    const notes = [...new Set([...noteOn(this.#groups.round), ...noteOn(described)])]
    return {
      data: new Map([...listed.values()].map((group) => [group.groupId, this.#meta(group)])),
      observedAt: Date.now(),
      completeness: notes.length === 0 ? COMPLETE : { complete: false, note: notes.join('; ') },
      cost: {
        requests: this.#requests + this.#groups.requests - before,
        durationMs: busyOf(this.#groups.round, described),
      },
    }
  }

  #meta({ groupId, protocol, state }: ListedGroup): KafkaGroupMeta {
    const told = this.#told.get(groupId) ?? NOTHING_TOLD
    const empty = state === 'Empty' || state === 'Dead'
    return {
      groupId,
      protocol,
      state: state ?? told.state,
      members: empty ? 0 : told.members,
      brokerLag: told.brokerLag,
    }
  }

  /** By coordinator and kind. An empty group has no members to ask for: on old clusters most groups are empty. */
  #jobs(listed: ReadonlyMap<string, ListedGroup>): Map<number, Map<GroupProtocol, string[]>> {
    const jobs = new Map<number, Map<GroupProtocol, string[]>>()
    for (const { groupId, protocol, state } of listed.values()) {
      const coordinator = this.#groups.coordinatorOf(groupId)
      if (coordinator === null || (state === 'Empty' && protocol !== 'share')) continue
      const job = jobs.get(coordinator) ?? new Map<GroupProtocol, string[]>()
      job.set(protocol, [...(job.get(protocol) ?? []), groupId])
      jobs.set(coordinator, job)
    }
    return jobs
  }

  async #describe(brokerId: number, job: ReadonlyMap<GroupProtocol, string[]> | undefined): Promise<number> {
    const broker = await this.#pool.upToDate(brokerId)
    const startedAt = performance.now()
    for (const [protocol, groupIds] of job ?? []) {
      const lags =
        protocol === 'share' ? await this.#shareLags(broker, groupIds) : new Map<string, number | null>()
      const outcomes = await describeGroupsOf(protocol, broker, groupIds, () => {
        this.#requests += 1
      })
      for (const groupId of groupIds) {
        const outcome = outcomes.get(groupId)
        const brokerLag = lags.get(groupId) ?? null
        if (outcome && 'members' in outcome) {
          this.#told.set(groupId, { state: outcome.state, members: outcome.members.length, brokerLag })
          continue
        }
        if (outcome && meansCoordinatorMoved(outcome.errorCode)) this.#groups.doubtCoordinator(groupId)
        else this.#told.set(groupId, { ...NOTHING_TOLD, brokerLag })
      }
    }
    return Math.max(0, performance.now() - startedAt - this.#roundTrips(broker, job))
  }

  #roundTrips(broker: BrokerConnection, job: ReadonlyMap<GroupProtocol, string[]> | undefined): number {
    return broker.roundTripMs * (job?.size ?? 0)
  }

  async #shareLags(
    broker: BrokerConnection,
    groupIds: readonly string[],
  ): Promise<Map<string, number | null>> {
    this.#requests += 1
    try {
      const { groups } = await broker.call(
        'DescribeShareGroupOffsets',
        [describeShareGroupOffsetsV1],
        groupIds,
      )
      return new Map(groups.map((group) => [group.groupId, shareLagOf(group)]))
    } catch (error) {
      if (!(error instanceof BrokerResponseError)) throw error
      return new Map() // Kafka 4.1 and older don't tell it
    }
  }
}

/** The sum over partitions that were started on; null where none was. */
function shareLagOf({ errorCode, topics }: ShareGroupOffsets): number | null {
  if (errorCode !== KafkaCode.none) return null
  const lags = topics.flatMap(({ partitions }) =>
    partitions.flatMap(({ errorCode, lag }) =>
      errorCode === KafkaCode.none && lag >= 0n ? [Number(lag)] : [],
    ),
  )
  return lags.length === 0 ? null : lags.reduce((sum, lag) => sum + lag, 0)
}

function busyOf(...rounds: readonly Round[]): number {
  return rounds.reduce((sum, { busyMs }) => sum + busyMs, 0)
}
