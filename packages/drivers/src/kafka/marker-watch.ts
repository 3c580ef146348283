import { BrokerError } from '../errors.ts'
import type { OffsetsReader } from './offsets.ts'
import type { KafkaCommit } from './readings.ts'
import { keyOf, type Place, type RecordTimes } from './record-times.ts'

/** A commit is looked at when it stood still for so long, and its end did, too. */
const LOOK_EVERY_MS = 5_000
/** Each transaction leaves one marker in a partition: a larger gap holds records. */
const MOST_MARKERS = 20n
/** Partitions in one look. */
const MOST_PLACES = 200

interface Verdict {
  readonly end: bigint
  /** null: there are records, or they may not be read. */
  readonly markersTo: bigint | null
}

/**
 * Tells the commits after which only transactions' markers follow: a group that read everything stays one short of the
 * end for ever. Reads one batch at a commit that stands just short of its end, once per commit and end.
 */
export class MarkerWatch {
  readonly #ends: Pick<OffsetsReader, 'endOf'>
  readonly #times: Pick<RecordTimes, 'at' | 'keepOnly'>
  readonly #verdicts = new Map<string, Verdict>()
  #standing: ReadonlyMap<string, bigint> = new Map()
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(ends: Pick<OffsetsReader, 'endOf'>, times: Pick<RecordTimes, 'at' | 'keepOnly'>) {
    this.#ends = ends
    this.#times = times
  }

  /** The commit, and up to where only markers follow it, where that is known. */
  told(commit: KafkaCommit): KafkaCommit {
    const markersTo = this.#verdicts.get(spotOf(commit))?.markersTo
    return markersTo ? { ...commit, markersTo } : commit
  }

  /** Looks at what is due, on its clock. Nobody waits for it: its word counts from the next reading on. */
  async look(groups: Iterable<readonly KafkaCommit[]>): Promise<void> {
    if (performance.now() - this.#lookedAt < LOOK_EVERY_MS) return
    this.#lookedAt = performance.now()
    const standing = new Map<string, bigint>()
    const places = new Map<string, { place: Place; end: bigint }>()
    for (const commits of groups) {
      for (const commit of commits) {
        const end = this.#ends.endOf(commit.topic, commit.partition)
        const gap = end === null ? 0n : end - commit.committedOffset
        if (end === null || gap <= 0n || gap > MOST_MARKERS) continue
        const spot = spotOf(commit)
        standing.set(spot, end)
        const judged = this.#verdicts.get(spot)?.end === end
        // One place in a partition at a time: a Fetch takes no more.
        if (judged || this.#standing.get(spot) !== end || places.size >= MOST_PLACES) continue
        places.set(keyOf(commit), { place: { ...commit, offset: commit.committedOffset }, end })
      }
    }
    this.#standing = standing
    for (const spot of this.#verdicts.keys()) if (!standing.has(spot)) this.#verdicts.delete(spot)
    if (places.size > 0) await this.#judge(places)
  }

  async #judge(places: ReadonlyMap<string, { readonly place: Place; readonly end: bigint }>): Promise<void> {
    const asked = [...places.values()].map(({ place }) => place)
    this.#times.keepOnly(asked)
    try {
      const found = await this.#times.at(asked)
      for (const [key, { place, end }] of places) {
        const next = found.get(key)
        const markersTo = next && 'markersTo' in next ? next.markersTo : null
        this.#verdicts.set(spotOf({ ...place, committedOffset: place.offset }), { end, markersTo })
      }
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error // the polls tell; the next look asks again
    }
  }
}

function spotOf(commit: KafkaCommit): string {
  return `${keyOf(commit)}@${commit.committedOffset}`
}
