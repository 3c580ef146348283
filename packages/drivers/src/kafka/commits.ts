import type { offsetFetchV9 } from '@platformatic/kafka'
import { COMPLETE, type Reading } from '../driver.ts'
import type { BrokerPool } from './broker-pool.ts'
import { noteOn } from './completeness.ts'
import { KafkaCode, meansCoordinatorMoved, meansDenied } from './errors.ts'
import { FanOut, failureOf, type Round } from './fan-out.ts'
import type { GroupList, ListedGroup } from './group-list.ts'
import type { MarkerWatch } from './marker-watch.ts'
import { allCommitsOf, type FetchedGroup, fetchedGroups, offsetFetchApis } from './offset-fetch-codec.ts'
import type { KafkaCommit } from './readings.ts'

type LibraryGroup = Awaited<ReturnType<typeof offsetFetchV9.api.async>>['groups'][number]

/** While its coordinator doesn't answer, a group's last commits stand so long: about until another takes over. */
const KEEP_MS = 10_000

/** A broker that was frozen tells nothing at all for up to a second, without an error: nothing for so long is true. */
const BELIEVE_NOTHING_MS = 2_000

interface Known {
  readonly commits: readonly KafkaCommit[]
  /** Since when its coordinator tells no commits any more; performance.now(). */
  emptySince: number | null
  /** Since when its coordinator doesn't answer for it; performance.now(). */
  missingSince: number | null
}

/** Committed offsets of every group: one OffsetFetch per coordinator, whatever the number of groups. */
export class CommitsReader {
  readonly #pool: BrokerPool
  readonly #groups: GroupList
  readonly #markers: MarkerWatch
  readonly #fanOut = new FanOut()
  readonly #commits = new Map<string, Known>()
  #denied = false
  #requests = 0

  constructor(pool: BrokerPool, groups: GroupList, markers: MarkerWatch) {
    this.#pool = pool
    this.#groups = groups
    this.#markers = markers
  }

  /** Throws: BrokerError, when no coordinator answers. */
  async read(): Promise<Reading<ReadonlyMap<string, readonly KafkaCommit[]>>> {
    this.#requests = 0
    const before = this.#groups.requests
    const groups = await this.#groups.known()
    const byCoordinator = this.#byCoordinator(groups)
    const round = await this.#fanOut.round(byCoordinator.keys(), (broker) =>
      this.#ask(broker, byCoordinator.get(broker) ?? []),
    )
    const failure = failureOf(round)
    if (failure) throw failure
    const answered = [...round.outcomes].flatMap(([broker, outcome]) =>
      outcome === 'answered' ? [broker] : [],
    )
    this.#forgetOld(groups, new Set(answered))
    void this.#markers.look([...this.#commits.values()].map(({ commits }) => commits))
    const lost = [...groups.values()].some(
      ({ groupId, protocol }) => protocol !== 'share' && this.#groups.coordinatorOf(groupId) === null,
    )
    return {
      data: new Map(
        [...this.#commits].map(([groupId, { commits }]) => [
          groupId,
          commits.map((commit) => this.#markers.told(commit)),
        ]),
      ),
      observedAt: Date.now(),
      completeness: this.#completeness(round, lost),
      cost: { requests: this.#requests + this.#groups.requests - before, durationMs: round.busyMs },
    }
  }

  /** Share groups commit nothing: their coordinator keeps state of another kind. */
  #byCoordinator(groups: ReadonlyMap<string, ListedGroup>): Map<number, string[]> {
    const byCoordinator = new Map<number, string[]>()
    for (const { groupId, protocol } of groups.values()) {
      const coordinator = protocol === 'share' ? null : this.#groups.coordinatorOf(groupId)
      if (coordinator === null) continue
      const list = byCoordinator.get(coordinator) ?? []
      list.push(groupId)
      byCoordinator.set(coordinator, list)
    }
    return byCoordinator
  }

  async #ask(brokerId: number, groupIds: readonly string[]): Promise<number> {
    try {
      const broker = await this.#pool.upToDate(brokerId)
      const startedAt = performance.now()
      this.#requests += 1
      const answer = await broker.call('OffsetFetch', offsetFetchApis, groupIds.map(allCommitsOf), false)
      const tookMs = Math.max(0, performance.now() - startedAt - broker.roundTripMs)
      this.#denied = false
      for (const group of await fetchedGroups(answer)) this.#take(group)
      return tookMs
    } catch (error) {
      this.#groups.doubtCoordinatorsOn(brokerId)
      throw error
    }
  }

  #take(group: FetchedGroup): void {
    const { groupId, errorCode } = group
    if (meansCoordinatorMoved(errorCode)) return this.#groups.doubtCoordinator(groupId)
    if (meansDenied(errorCode)) this.#denied = true
    if (errorCode !== KafkaCode.none) {
      this.#commits.delete(groupId)
      return
    }
    const { commits } = group
    const known = this.#commits.get(groupId)
    if (known && known.commits.length > 0 && commits.length === 0) {
      known.missingSince = null
      known.emptySince ??= performance.now()
      if (performance.now() - known.emptySince < BELIEVE_NOTHING_MS) return
    }
    this.#commits.set(groupId, { commits, emptySince: null, missingSince: null })
  }

  #forgetOld(groups: ReadonlyMap<string, ListedGroup>, answered: ReadonlySet<number>): void {
    const now = performance.now()
    for (const [groupId, known] of this.#commits) {
      if (!answered.has(this.#groups.coordinatorOf(groupId) ?? -1)) known.missingSince ??= now
      const missing = known.missingSince === null ? 0 : now - known.missingSince
      if (!groups.has(groupId) || missing > KEEP_MS) this.#commits.delete(groupId)
    }
  }

  #completeness(round: Round, lost: boolean) {
    const notes = noteOn(round)
    if (lost) notes.push('some groups have no coordinator yet')
    if (this.#denied) notes.push('these credentials may not see the commits of some groups')
    return notes.length === 0 ? COMPLETE : { complete: false as const, note: notes.join('; ') }
  }
}

/** The commits in an answer that the library has decoded. −1 is Kafka's word for none. */
export function commitsIn({ topics }: LibraryGroup): KafkaCommit[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions.flatMap((row): KafkaCommit[] =>
      row.errorCode === KafkaCode.none && row.committedOffset >= 0n
        ? [{ topic: name, partition: row.partitionIndex, committedOffset: row.committedOffset }]
        : [],
    ),
  )
}
