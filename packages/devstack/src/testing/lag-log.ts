import type { KafkaDriver, KafkaMetadata, KafkaPartitionOffsets, KafkaReadings, Reading } from '@weir/drivers'
import { fixedDemand, waitFor } from '@weir/drivers/testing'

/** One topic and its groups, and what is known of them by who makes their traffic. */
export interface KnownTraffic {
  topic: string
  groupIds: readonly string[]
  /** The commit of each group on every partition, which never moves. */
  committed: bigint
  /** Records sent to each partition so far: no end may be beyond. */
  sent: readonly number[]
}

type Offsets = Reading<KafkaReadings['kafka.offsets']>

/** Watches offsets and commits once a second through thick and thin, and notes whatever can't be true. */
export class LagLog {
  /** What couldn't be: an end that fell or was never written, a commit that moved or went. */
  readonly wrong: string[] = []
  readonly #traffic: KnownTraffic
  readonly #stop = new AbortController()
  readonly #watching: Promise<unknown>
  /** When a newer value of each partition came. */
  readonly #news: { partition: number; at: number }[] = []
  readonly #seen = new Set<string>()
  #offsets: Offsets | null = null
  #metadata: KafkaMetadata | null = null

  constructor(driver: KafkaDriver, traffic: KnownTraffic) {
    this.#traffic = traffic
    const demand = fixedDemand({ cadenceMs: 1_000 })
    const { signal } = this.#stop
    this.#watching = Promise.all([
      (async () => {
        for await (const reading of driver.watch('kafka.offsets', demand, signal)) this.#take(reading)
      })(),
      (async () => {
        for await (const reading of driver.watch('kafka.commits', demand, signal)) this.#check(reading)
      })(),
      (async () => {
        for await (const { data } of driver.watch('kafka.metadata', demand, signal)) this.#metadata = data
      })(),
    ])
    this.#watching.catch((error) => this.wrong.push(`the watch ended: ${error}`))
  }

  ends(): (bigint | null)[] {
    return this.#partitions().map(({ logEndOffset }) => logEndOffset)
  }

  metadata(): KafkaMetadata | null {
    return this.#metadata
  }

  leaders(topic: string): (number | null)[] {
    return this.#metadata?.topics.get(topic)?.partitions.map(({ leader }) => leader) ?? []
  }

  observedAt(partition: number): number {
    return this.#partitions()[partition]?.observedAt ?? 0
  }

  isComplete(): boolean {
    return this.#offsets?.completeness.complete === true
  }

  /** Why the last reading wasn't complete; empty when it was. */
  note(): string {
    const completeness = this.#offsets?.completeness
    return completeness === undefined || completeness.complete ? '' : completeness.note
  }

  /** The longest that any of these partitions went without being told anew since then, up to now. */
  longestGapMs(partitions: readonly number[], since: number): number {
    const gaps = partitions.flatMap((partition) => {
      const news = this.#news.filter((one) => one.partition === partition && one.at >= since)
      const times = [since, ...news.map(({ at }) => at), Date.now()]
      return times.slice(1).map((at, index) => at - (times[index] ?? at))
    })
    return Math.max(...gaps)
  }

  until(what: string, isIt: () => boolean, withinMs: number): Promise<boolean> {
    return waitFor(what, isIt, { withinMs }).catch((cause) => {
      const seen = `ends ${this.ends().join()}, leaders ${this.leaders(this.#traffic.topic).join()}`
      throw new Error(`${cause.message}; ${seen}, note "${this.note()}"; ${this.wrong.join()}`, { cause })
    })
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#watching
  }

  #partitions(): readonly KafkaPartitionOffsets[] {
    return this.#offsets?.data.get(this.#traffic.topic)?.partitions ?? []
  }

  /**
   * Once told, the commits of a group are told for good, and right: lag that falls or jumps would be a lie. They may be
   * unknown while their coordinator has not answered for long, if the reading says that it isn't complete.
   */
  #check({ data, completeness }: Reading<KafkaReadings['kafka.commits']>): void {
    const { groupIds, sent, committed } = this.#traffic
    for (const groupId of groupIds) {
      if (!data.has(groupId) && !completeness.complete) continue
      const told = data.get(groupId)?.map(({ committedOffset }) => committedOffset) ?? []
      const isRight = told.length === sent.length && told.every((offset) => offset === committed)
      if (isRight) this.#seen.add(groupId)
      else if (this.#seen.has(groupId))
        this.wrong.push(`commits of ${groupId}: ${data.has(groupId) ? `[${told.join()}]` : 'none'}`)
    }
  }

  /** Whether the commits of all groups have been told. */
  hasAllCommits(): boolean {
    return this.#seen.size === this.#traffic.groupIds.length
  }

  #take(reading: Offsets): void {
    const before = this.#partitions()
    this.#offsets = reading
    for (const [partition, { logEndOffset, observedAt }] of this.#partitions().entries()) {
      const last = before[partition]
      if (observedAt > (last?.observedAt ?? 0)) this.#news.push({ partition, at: Date.now() })
      const fell = (logEndOffset ?? -1n) < (last?.logEndOffset ?? -1n)
      const neverWritten = (logEndOffset ?? 0n) > BigInt(this.#traffic.sent[partition] ?? 0)
      if (fell || neverWritten) {
        this.wrong.push(`partition ${partition}: ${last?.logEndOffset} became ${logEndOffset}`)
      }
    }
  }
}
