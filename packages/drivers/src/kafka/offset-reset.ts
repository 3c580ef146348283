import {
  listOffsetsV7,
  listOffsetsV8,
  listOffsetsV9,
  offsetCommitV8,
  offsetCommitV9,
  offsetFetchV8,
  offsetFetchV9,
} from '@platformatic/kafka'
import type { ResetTo } from '@weir/contract'
import { BrokerNotFoundError, BrokerRejectedError, BrokerUnreachableError } from '../errors.ts'
import type { BrokerConnection } from './broker-connection.ts'
import type { BrokerPool } from './broker-pool.ts'
import { commitRefusal } from './commit-refusal.ts'
import { commitsIn } from './commits.ts'
import { KafkaCode, refusalOf } from './errors.ts'
import { describeGroupsOf } from './group-describe.ts'
import type { GroupList, ListedGroup } from './group-list.ts'
import type { TopicTopology, TopologyKeeper } from './topology.ts'

export interface OffsetResetWish extends GroupOnTopic {
  readonly to: ResetTo
}

export interface OffsetResetPlan {
  /** How many are connected; Kafka resets a group without members only. */
  readonly members: number
  /** The broker's own word for the group; null where its version doesn't tell. */
  readonly state: string | null
  readonly partitions: readonly {
    readonly partition: number
    /** The commit now; null: none. */
    readonly from: bigint | null
    /** Brought within the log where the wish lies outside it. */
    readonly to: bigint
  }[]
}

export interface GroupOnTopic {
  readonly groupId: string
  readonly topic: string
}

export interface CommitWish extends GroupOnTopic {
  readonly offsets: readonly { readonly partition: number; readonly offset: bigint }[]
}

const LATEST = -1n
const EARLIEST = -2n
/** Offsets are int64. */
const HIGHEST_OFFSET = 2n ** 63n - 1n
/** Of a commit that no member makes. */
const NO_MEMBER = { epoch: -1, id: '' }

/** Moves a group's commits on one topic, with a look at what that touches before. */
export class OffsetReset {
  readonly #pool: BrokerPool
  readonly #topology: TopologyKeeper
  readonly #groups: GroupList

  constructor(pool: BrokerPool, topology: TopologyKeeper, groups: GroupList) {
    this.#pool = pool
    this.#topology = topology
    this.#groups = groups
  }

  /** Asks the brokers now. Throws: BrokerNotFoundError, where group or topic isn't there; any BrokerError. */
  async plan({ groupId, topic, to }: OffsetResetWish): Promise<OffsetResetPlan> {
    const group = await this.#group(groupId)
    const coordinator = this.#coordinator(groupId)
    const meta = await this.#topic(topic)
    const members = await this.#members(coordinator, group)
    const commits = await this.#commits(coordinator, groupId, meta)
    const starts = await this.#list(meta, EARLIEST)
    const ends = await this.#list(meta, LATEST)
    const atTime = to.type === 'time' ? await this.#list(meta, BigInt(to.at)) : new Map<number, bigint>()
    return {
      members,
      state: group.state,
      partitions: meta.partitions.map(({ partition }) => {
        const log = { start: starts.get(partition) ?? 0n, end: ends.get(partition) ?? 0n }
        const from = commits.get(partition) ?? null
        const wish = wishedOffset(to, from, log, atTime.get(partition) ?? -1n)
        return { partition, from, to: within(wish, log) }
      }),
    }
  }

  /** The group's commits on the topic by partition, asked now; a partition without one is missing. */
  async committed({ groupId, topic }: GroupOnTopic): Promise<ReadonlyMap<number, bigint>> {
    await this.#group(groupId)
    return this.#commits(this.#coordinator(groupId), groupId, await this.#topic(topic))
  }

  /**
   * Throws: BrokerRejectedError while the group has members, or where the broker refuses, naming the partitions where
   * it refused only some; BrokerNotFoundError where the group isn't there (a commit would make it), or a partition.
   */
  async commit({ groupId, topic, offsets }: CommitWish, signal: AbortSignal): Promise<void> {
    const group = await this.#group(groupId)
    const coordinator = this.#coordinator(groupId)
    const what = `OffsetCommit of ${groupId} on ${topic}`
    // The broker would refuse these partitions and commit the others.
    refuseImpossible(await this.#topic(topic), offsets, what)
    const members = await this.#members(coordinator, group)
    if (members > 0) {
      throw new BrokerRejectedError(
        `${what}: the group has members`,
        `The group has ${members} active member${members === 1 ? '' : 's'}.`,
      )
    }
    const partitions = offsets.map(({ partition, offset }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedLeaderEpoch: -1,
      committedMetadata: '',
    }))
    const versions = [offsetCommitV9.api, offsetCommitV8.api]
    const asked = [{ name: topic, partitions }]
    signal.throwIfAborted() // whoever asked has been told by now that it didn't come about
    const answer = await coordinator.call(
      'OffsetCommit',
      versions,
      groupId,
      NO_MEMBER.epoch,
      NO_MEMBER.id,
      null,
      asked,
    )
    const refusal = commitRefusal(
      answer.topics.flatMap(({ partitions }) => partitions),
      what,
    )
    if (refusal) throw refusal
  }

  async #group(groupId: string): Promise<ListedGroup> {
    const group = (await this.#groups.refresh()).get(groupId)
    if (!group) throw new BrokerNotFoundError(`there is no group ${groupId}`)
    if (group.protocol !== 'share') return group
    throw new BrokerRejectedError(`${groupId} is a share group`, 'A share group commits no offsets.')
  }

  #coordinator(groupId: string): BrokerConnection {
    const coordinator = this.#groups.coordinatorOf(groupId)
    if (coordinator !== null) return this.#pool.required(coordinator)
    throw new BrokerUnreachableError(`the group ${groupId} has no coordinator at this moment`)
  }

  /** Throws where they can't be told: of a streams group its describe would, which isn't ours yet. */
  async #members(coordinator: BrokerConnection, { groupId, protocol, state }: ListedGroup): Promise<number> {
    const outcome = (await describeGroupsOf(protocol, coordinator, [groupId], () => {})).get(groupId)
    if (outcome && 'members' in outcome) return outcome.members.length
    if (protocol === 'streams' && state === 'Empty') return 0
    const what = `members of ${groupId}`
    const refusal = outcome && refusalOf(outcome.errorCode, null, what)
    throw refusal ?? new BrokerRejectedError(what, `Who is in this ${protocol} group cannot be told.`)
  }

  /** As Metadata has it now. */
  async #topic(topic: string): Promise<TopicTopology> {
    const meta = (await this.#topology.refresh()).topics.get(topic)
    if (meta) return meta
    throw new BrokerNotFoundError(`there is no topic ${topic}`)
  }

  async #commits(
    coordinator: BrokerConnection,
    groupId: string,
    { topic, partitions }: TopicTopology,
  ): Promise<Map<number, bigint>> {
    const topics = [{ name: topic, partitionIndexes: partitions.map(({ partition }) => partition) }]
    const asked = [{ groupId, memberId: null, memberEpoch: -1, topics }]
    const answer = await coordinator.call('OffsetFetch', [offsetFetchV9.api, offsetFetchV8.api], asked, false)
    const group = answer.groups.find((each) => each.groupId === groupId)
    const refusal = refusalOf(
      group?.errorCode ?? KafkaCode.groupIdNotFound,
      null,
      `OffsetFetch of ${groupId}`,
    )
    if (refusal) throw refusal
    return new Map(group ? commitsIn(group).map((commit) => [commit.partition, commit.committedOffset]) : [])
  }

  /** Throws where one partition can't be told: a plan with a hole would be no plan. */
  async #list({ topic, partitions }: TopicTopology, timestamp: bigint): Promise<Map<number, bigint>> {
    const offsets = new Map<number, bigint>()
    for (const [leader, rows] of Map.groupBy(partitions, (row) => row.leader)) {
      const where = `ListOffsets of ${topic}`
      if (leader === null) throw new BrokerUnreachableError(`${where}: a partition has no leader`)
      const versions = [listOffsetsV9.api, listOffsetsV8.api, listOffsetsV7.api]
      const asked = rows.map(({ partition, leaderEpoch }) => ({
        partitionIndex: partition,
        currentLeaderEpoch: leaderEpoch,
        timestamp,
      }))
      const answer = await this.#pool
        .required(leader)
        .call('ListOffsets', versions, -1, 0, [{ name: topic, partitions: asked }])
      for (const row of answer.topics.flatMap((each) => each.partitions)) {
        const refusal = refusalOf(row.errorCode, null, `${where}, partition ${row.partitionIndex}`)
        if (refusal) throw refusal
        offsets.set(row.partitionIndex, row.offset)
      }
    }
    return offsets
  }
}

function refuseImpossible(meta: TopicTopology, offsets: CommitWish['offsets'], what: string): void {
  const there = new Set(meta.partitions.map(({ partition }) => partition))
  for (const { partition, offset } of offsets) {
    if (!there.has(partition)) throw new BrokerNotFoundError(`${what}: there is no partition ${partition}`)
    if (offset <= HIGHEST_OFFSET) continue
    const reason = `${offset} is beyond every offset.`
    throw new BrokerRejectedError(`${what}, partition ${partition}: ${reason}`, reason)
  }
}

interface Log {
  readonly start: bigint
  readonly end: bigint
}

/** `atTime`: the first offset at or after the wished time; −1: there is none, so the end. */
function wishedOffset(to: ResetTo, from: bigint | null, log: Log, atTime: bigint): bigint {
  switch (to.type) {
    case 'earliest':
      return log.start
    case 'latest':
      return log.end
    case 'time':
      return atTime < 0n ? log.end : atTime
    case 'offset':
      return BigInt(to.offset)
    case 'shift':
      return (from ?? log.start) + BigInt(to.by)
    default:
      return to satisfies never
  }
}

function within(offset: bigint, { start, end }: Log): bigint {
  if (offset < start) return start
  return offset > end ? end : offset
}
