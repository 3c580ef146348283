import type { AnySource } from '@weir/drivers'
import { AttentionBook } from './attention-book.ts'
import { BacklogHistory } from './backlog-history.ts'
import { EndOffsetHistory } from './end-offset-history.ts'
import { RateMeter } from './rate-meter.ts'
import type { ReadingStore } from './reading-store.ts'

/** What is worked out from one reading to the next: rates from counters, where each backlog is heading, what is wrong. */
export interface Derived {
  readonly rates: RateMeter
  readonly backlog: BacklogHistory
  /** When each lagging Kafka partition's end was where. */
  readonly endOffsets: EndOffsetHistory
  readonly attention: AttentionBook
}

/** Works a new reading into `derived`. One per kind. */
export type Derive = (clusterId: string, source: AnySource, store: ReadingStore, derived: Derived) => void

export function createDerived(): Derived {
  return {
    rates: new RateMeter(),
    backlog: new BacklogHistory(),
    endOffsets: new EndOffsetHistory(),
    attention: new AttentionBook(),
  }
}
