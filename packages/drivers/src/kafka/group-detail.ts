import { offsetFetchV8, offsetFetchV9 } from '@platformatic/kafka'
import { COMPLETE, type Reading } from '../driver.ts'
import { BrokerError } from '../errors.ts'
import type { BrokerPool } from './broker-pool.ts'
import { commitsIn } from './commits.ts'
import { noteOn } from './completeness.ts'
import { FanOut, failureOf } from './fan-out.ts'
import { describeGroupsOf } from './group-describe.ts'
import type { GroupList, ListedGroup } from './group-list.ts'
import type { OffsetsReader } from './offsets.ts'
import type { KafkaCommit, KafkaGroupDetail, KafkaGroupMember } from './readings.ts'
import { keyOf, type Place, type RecordTimes } from './record-times.ts'

interface Told {
  readonly members: readonly KafkaGroupMember[]
  readonly commits: readonly KafkaCommit[]
}

/** `kafka.group`: members with their partitions, and how old the next record of each lagging partition is. */
export class GroupDetailReader {
  readonly #pool: BrokerPool
  readonly #groups: GroupList
  readonly #offsets: OffsetsReader
  readonly #times: RecordTimes
  readonly #fanOut = new FanOut()
  readonly #told = new Map<string, Told>()
  #requests = 0

  constructor(pool: BrokerPool, groups: GroupList, offsets: OffsetsReader, times: RecordTimes) {
    this.#pool = pool
    this.#groups = groups
    this.#offsets = offsets
    this.#times = times
  }

  /** Reads these groups alone; one that isn't there is missing. Throws: BrokerError, when no coordinator answers. */
  async read(groupIds: readonly string[]): Promise<Reading<ReadonlyMap<string, KafkaGroupDetail>>> {
    this.#requests = 0
    const before = this.#groups.requests + this.#times.requests
    const listed = await this.#groups.known()
    const wanted = groupIds.flatMap((groupId) => listed.get(groupId) ?? [])
    for (const groupId of this.#told.keys()) if (!groupIds.includes(groupId)) this.#told.delete(groupId)
    const byCoordinator = Map.groupBy(wanted, ({ groupId }) => this.#groups.coordinatorOf(groupId) ?? -1)
    byCoordinator.delete(-1)
    const round = await this.#fanOut.round(byCoordinator.keys(), (broker) =>
      this.#ask(broker, byCoordinator.get(broker) ?? []),
    )
    const failure = failureOf(round)
    if (failure) throw failure
    const notes = noteOn(round)
    const data = await this.#withTimes(wanted, notes)
    return {
      data,
      observedAt: Date.now(),
      completeness: notes.length === 0 ? COMPLETE : { complete: false, note: notes.join('; ') },
      cost: {
        requests: this.#requests + this.#groups.requests + this.#times.requests - before,
        durationMs: round.busyMs,
      },
    }
  }

  async #ask(brokerId: number, groups: readonly ListedGroup[]): Promise<number> {
    const broker = await this.#pool.upToDate(brokerId)
    const startedAt = performance.now()
    const members = new Map<string, readonly KafkaGroupMember[]>()
    for (const [protocol, ofKind] of Map.groupBy(groups, ({ protocol }) => protocol)) {
      const groupIds = ofKind.map(({ groupId }) => groupId)
      const outcomes = await describeGroupsOf(protocol, broker, groupIds, () => {
        this.#requests += 1
      })
      for (const [groupId, outcome] of outcomes) {
        members.set(groupId, 'members' in outcome ? outcome.members : [])
      }
    }
    const commits = await this.#commits(brokerId, groups)
    for (const { groupId } of groups) {
      this.#told.set(groupId, { members: members.get(groupId) ?? [], commits: commits.get(groupId) ?? [] })
    }
    return Math.max(0, performance.now() - startedAt - 2 * broker.roundTripMs)
  }

  async #commits(
    brokerId: number,
    groups: readonly ListedGroup[],
  ): Promise<Map<string, readonly KafkaCommit[]>> {
    const asked = groups
      .filter(({ protocol }) => protocol !== 'share')
      .map(({ groupId }) => ({ groupId, memberId: null, memberEpoch: -1, topics: null }))
    if (asked.length === 0) return new Map()
    this.#requests += 1
    const versions = [offsetFetchV9.api, offsetFetchV8.api]
    const answer = await this.#pool.required(brokerId).call('OffsetFetch', versions, asked, false)
    return new Map(answer.groups.map((group) => [group.groupId, commitsIn(group)]))
  }

  async #withTimes(wanted: readonly ListedGroup[], notes: string[]): Promise<Map<string, KafkaGroupDetail>> {
    const details = new Map<string, KafkaGroupDetail>()
    const placesOf = new Map(
      wanted.map(({ groupId }) => [groupId, this.#lagging(this.#told.get(groupId)?.commits ?? [])]),
    )
    this.#times.keepOnly([...placesOf.values()].flat())
    for (const { groupId } of wanted) {
      const told = this.#told.get(groupId)
      if (!told) continue
      const recordAt = new Map<string, number>()
      const markersTo = new Map<string, bigint>()
      try {
        for (const [key, next] of await this.#times.at(placesOf.get(groupId) ?? [])) {
          if ('at' in next) recordAt.set(key, next.at)
          else markersTo.set(key, next.markersTo)
        }
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error
        notes.push('records could not be read')
      }
      const committed = new Map(told.commits.map((commit) => [keyOf(commit), commit.committedOffset]))
      details.set(groupId, { groupId, members: told.members, committed, recordAt, markersTo })
    }
    return details
  }

  /** Where the group has something to read, as far as is known: a commit below the log's start reads on from there. */
  #lagging(commits: readonly KafkaCommit[]): Place[] {
    return commits.flatMap(({ topic, partition, committedOffset }): Place[] => {
      const start = this.#offsets.startOf(topic, partition) ?? 0n
      const end = this.#offsets.endOf(topic, partition)
      const offset = committedOffset > start ? committedOffset : start
      return end !== null && end <= offset ? [] : [{ topic, partition, offset }]
    })
  }
}
