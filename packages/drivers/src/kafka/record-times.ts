import type { BrokerPool } from './broker-pool.ts'
import { KafkaCode, meansMoved } from './errors.ts'
import { FanOut } from './fan-out.ts'
import { type FetchedPartition, fetchHeadersV12 } from './fetch-headers.ts'
import { type NextRecord, nextRecord } from './record-time.ts'
import type { TopologyKeeper } from './topology.ts'

/** Where to look for a record. */
export interface Place {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
}

interface Known {
  readonly topicId: string
  readonly next: NextRecord
}

const PARTITION_BYTES = 64 * 1024
/** What one request may bring, whatever the number of partitions. */
const REQUEST_BYTES = 4 * 1024 * 1024
/** Partitions whose batch is larger than `PARTITION_BYTES` are asked one by one, so many in one go. */
const ONE_BY_ONE = 20
const READ_UNCOMMITTED = 0

type AskedTopic = Parameters<typeof fetchHeadersV12.async>[7][number]

/**
 * When records were made, by reading them where a group will. On connections of its own: a Fetch over a quota mutes
 * its connection for seconds.
 */
export class RecordTimes {
  readonly #pool: BrokerPool
  readonly #topology: TopologyKeeper
  readonly #fanOut = new FanOut()
  readonly #known = new Map<string, Known>()
  requests = 0

  constructor(pool: BrokerPool, topology: TopologyKeeper) {
    this.#pool = pool
    this.#topology = topology
  }

  /** What is next at each place, by `topic-partition`; places that couldn't be read are missing. Throws: BrokerError. */
  async at(places: readonly Place[]): Promise<Map<string, NonNullable<NextRecord>>> {
    await this.#topology.known()
    const missing = places.filter((place) => !this.#isKnown(place))
    const byLeader = Map.groupBy(
      missing,
      ({ topic, partition }) => this.#metaOf(topic, partition)?.leader ?? null,
    )
    const leaders = [...byLeader.keys()].filter((leader) => leader !== null)
    await this.#fanOut.round(leaders, (leader) => this.#readAt(leader, byLeader.get(leader) ?? []))
    return this.#found(places)
  }

  /** Forgets what is known of other places. */
  keepOnly(places: readonly Place[]): void {
    const kept = new Set(places.map(spotOf))
    for (const spot of this.#known.keys()) if (!kept.has(spot)) this.#known.delete(spot)
  }

  #found(places: readonly Place[]): Map<string, NonNullable<NextRecord>> {
    const found = new Map<string, NonNullable<NextRecord>>()
    for (const place of places) {
      const known = this.#known.get(spotOf(place))
      if (known?.next) found.set(keyOf(place), known.next)
    }
    return found
  }

  /** A record's time doesn't change; that only markers are left may, with every record that comes. */
  #isKnown(place: Place): boolean {
    const known = this.#known.get(spotOf(place))
    const topicId = this.#topology.current?.topics.get(place.topic)?.topicId
    return known?.topicId === topicId && known?.next != null && 'at' in known.next
  }

  #metaOf(topic: string, partition: number) {
    return this.#topology.current?.topics.get(topic)?.partitions[partition]
  }

  async #readAt(leader: number, places: readonly Place[]): Promise<number> {
    const empty = await this.#fetch(leader, places)
    for (const place of empty.slice(0, ONE_BY_ONE)) await this.#fetch(leader, [place])
    return 0
  }

  /** Answers the places for which nothing came though there is something. */
  async #fetch(leader: number, places: readonly Place[]): Promise<Place[]> {
    const placeOf = new Map(places.map((place) => [keyOf(place), place]))
    this.requests += 1
    const answer = await this.#pool
      .required(leader)
      .call(
        'Fetch',
        [fetchHeadersV12],
        0,
        1,
        REQUEST_BYTES,
        READ_UNCOMMITTED,
        0,
        -1,
        this.#asked(places),
        [],
        '',
      )
    const empty: Place[] = []
    for (const fetched of answer.partitions) {
      const place = placeOf.get(keyOf(fetched))
      if (!place) continue
      if (meansMoved(fetched.errorCode)) this.#topology.markStale()
      if (fetched.errorCode !== KafkaCode.none) continue
      if (fetched.records?.length) this.#take(place, fetched)
      else if (fetched.highWatermark > place.offset && answer.throttleTimeMs === 0) empty.push(place)
    }
    return places.length > 1 ? empty : []
  }

  #take(place: Place, { records, highWatermark }: FetchedPartition): void {
    const topicId = this.#topology.current?.topics.get(place.topic)?.topicId
    if (!records || topicId === undefined) return
    const next = nextRecord(records, place.offset, highWatermark)
    this.#known.set(spotOf(place), { topicId, next })
  }

  /** v12 goes by name, in the field that later versions put the id in. */
  #asked(places: readonly Place[]): AskedTopic[] {
    const byTopic = Map.groupBy(places, ({ topic }) => topic)
    return [...byTopic].map(([topic, rows]) => ({
      topicId: topic,
      partitions: rows.map(({ partition, offset }) => ({
        partition,
        currentLeaderEpoch: this.#metaOf(topic, partition)?.leaderEpoch ?? -1,
        fetchOffset: offset,
        lastFetchedEpoch: -1,
        partitionMaxBytes: PARTITION_BYTES,
      })),
    }))
  }
}

function spotOf(place: Place): string {
  return `${keyOf(place)}@${place.offset}`
}

/** As Kafka writes it. */
export function keyOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}-${partition}`
}
