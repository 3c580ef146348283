import {
  findCoordinatorV4,
  findCoordinatorV5,
  findCoordinatorV6,
  listGroupsV4,
  listGroupsV5,
} from '@platformatic/kafka'
import type { Api } from './api-versions.ts'
import type { BrokerPool } from './broker-pool.ts'
import { KafkaCode } from './errors.ts'
import { FanOut, failureOf, type Round } from './fan-out.ts'
import type { KafkaGroupMeta } from './readings.ts'
import type { TopologyKeeper } from './topology.ts'

export type GroupProtocol = KafkaGroupMeta['protocol']

export interface ListedGroup {
  readonly groupId: string
  readonly protocol: GroupProtocol
  /** The broker's own word; null where its version doesn't tell. */
  readonly state: string | null
}

interface Listed extends ListedGroup {
  /** The broker that named it. */
  readonly broker: number
}

/** v4 tells no type: it knows classic groups alone. */
type ListGroupsAnswer = Awaited<ReturnType<typeof listGroupsV4.api.async>>

/** The more groups, the less often they are listed: every 3 s up to 300 of them, every 15 s from 1,500 on. */
const PER_GROUP_MS = 10
const FASTEST_MS = 3_000
const SLOWEST_MS = 15_000
const LEAST_MS = 1_000
/** Groups in one FindCoordinator. */
const CHUNK = 1_000
const protocols: readonly string[] = ['classic', 'consumer', 'share', 'streams']

/** Which groups there are, and which broker coordinates each. */
export class GroupList {
  readonly #pool: BrokerPool
  readonly #topology: TopologyKeeper
  readonly #fanOut = new FanOut()
  /** What each broker listed, the last two times. */
  readonly #lists = new Map<
    number,
    { now: ReadonlyMap<string, Listed>; before: ReadonlyMap<string, Listed> }
  >()
  readonly #coordinators = new Map<string, number>()
  /** Groups whose coordinator is to be asked for again. */
  readonly #doubtful = new Set<string>()
  #groups: ReadonlyMap<string, ListedGroup> | null = null
  #round: Round = { outcomes: new Map(), busyMs: 0 }
  #refreshing: Promise<void> | null = null
  #refreshedAt = Number.NEGATIVE_INFINITY
  #stale = false
  /** The last refresh found no broker that answers. */
  #failed = false
  /** How many requests it took, ever. */
  requests = 0

  constructor(pool: BrokerPool, topology: TopologyKeeper) {
    this.#pool = pool
    this.#topology = topology
  }

  /** Who answered the last refresh. */
  get round(): Round {
    return this.#round
  }

  /** What is known, at once; asks in the background where that is old. Throws: BrokerError, where nothing is known. */
  async known(): Promise<ReadonlyMap<string, ListedGroup>> {
    if (!this.#groups || this.#failed) return this.refresh()
    const age = performance.now() - this.#refreshedAt
    const paceMs = Math.min(SLOWEST_MS, Math.max(FASTEST_MS, PER_GROUP_MS * this.#groups.size))
    if (age >= (this.#stale ? LEAST_MS : paceMs)) void this.refresh().catch(() => {}) // the polls tell
    return this.#groups
  }

  /** Asks every broker now. Throws: BrokerError, when none answers. */
  async refresh(): Promise<ReadonlyMap<string, ListedGroup>> {
    this.#refreshing ??= this.#ask().finally(() => {
      this.#refreshing = null
    })
    try {
      await this.#refreshing
      this.#failed = false
    } catch (error) {
      this.#failed = true
      throw error
    }
    return this.#groups ?? new Map()
  }

  /** The group's coordinator as last told; null while none is known. */
  coordinatorOf(groupId: string): number | null {
    return this.#coordinators.get(groupId) ?? null
  }

  /** An answer has shown that another broker coordinates it now. */
  doubtCoordinator(groupId: string): void {
    this.#doubtful.add(groupId)
    this.#stale = true
  }

  /** The broker fails: whatever it coordinated may be with another one by now. */
  doubtCoordinatorsOn(broker: number): void {
    for (const [groupId, coordinator] of this.#coordinators) {
      if (coordinator === broker) this.doubtCoordinator(groupId)
    }
  }

  async #ask(): Promise<void> {
    this.#stale = false
    this.#refreshedAt = performance.now()
    const { alive } = await this.#topology.known()
    const round = await this.#fanOut.round(alive, (broker) => this.#list(broker))
    const failure = failureOf(round)
    if (failure) throw failure
    this.#round = round
    for (const broker of this.#lists.keys()) if (!alive.has(broker)) this.#lists.delete(broker)
    this.#groups = this.#merged()
    for (const groupId of this.#coordinators.keys()) {
      if (!this.#groups.has(groupId)) this.#coordinators.delete(groupId)
    }
    const unknown = (groupId: string) => !this.#coordinators.has(groupId) || this.#doubtful.has(groupId)
    await this.#findCoordinators([...this.#groups.keys()].filter(unknown))
  }

  async #list(brokerId: number): Promise<number> {
    const broker = await this.#pool.upToDate(brokerId)
    const startedAt = performance.now()
    this.requests += 1
    const versions: Api<[states: [], types: string[]], ListGroupsAnswer>[] = [
      listGroupsV5.api,
      listGroupsV4.api,
    ]
    const answer = await broker.call('ListGroups', versions, [], [...protocols])
    const before = this.#lists.get(brokerId)?.now ?? new Map<string, Listed>()
    // 14, 15: it doesn't know its groups yet. What it listed last stands.
    if (answer.errorCode === KafkaCode.none)
      this.#lists.set(brokerId, { now: listedBy(brokerId, answer), before })
    return Math.max(0, performance.now() - startedAt - broker.roundTripMs)
  }

  /** A group is gone only when two lists in a row lack it. Named by two brokers, its coordinator's word counts. */
  #merged(): Map<string, ListedGroup> {
    const merged = new Map<string, Listed>()
    for (const generation of ['before', 'now'] as const) {
      for (const list of this.#lists.values()) {
        for (const [groupId, listed] of list[generation]) {
          const other = merged.get(groupId)
          if (other && other.broker !== listed.broker && this.#coordinators.get(groupId) === other.broker)
            continue
          merged.set(groupId, listed)
        }
      }
    }
    return merged
  }

  async #findCoordinators(groupIds: readonly string[]): Promise<void> {
    for (let at = 0; at < groupIds.length; at += CHUNK) {
      const keys = groupIds.slice(at, at + CHUNK)
      const versions = [findCoordinatorV6.api, findCoordinatorV5.api, findCoordinatorV4.api]
      const { coordinators } = await this.#pool.any((broker) => {
        this.requests += 1
        return broker.call('FindCoordinator', versions, 0, keys)
      })
      for (const { key, nodeId, errorCode } of coordinators) {
        // 15 with node −1: a new cluster is still making its offsets topic.
        if (errorCode !== KafkaCode.none) {
          this.#stale = true
          continue
        }
        this.#coordinators.set(key, nodeId)
        this.#doubtful.delete(key)
      }
    }
  }
}

function listedBy(broker: number, answer: ListGroupsAnswer): Map<string, Listed> {
  return new Map(
    answer.groups.map(({ groupId, groupState, groupType, protocolType }) => [
      groupId,
      { groupId, broker, state: groupState || null, protocol: protocolOf(groupType, protocolType) },
    ]),
  )
}

/** Before ListGroups v5 (Kafka 3.8) there were classic groups only. */
function protocolOf(groupType: string | undefined, protocolType: string): GroupProtocol {
  const told = groupType?.toLowerCase()
  if (told === 'consumer' || told === 'share' || told === 'streams') return told
  return protocolType === 'share' ? 'share' : 'classic'
}
