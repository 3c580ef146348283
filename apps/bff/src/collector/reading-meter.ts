import type { ErrorCode } from '@weir/contract'
import type { AnySource, Cost } from '@weir/drivers'

/** Counts what readings cost and how they fail. */
export interface ReadingMeter {
  read(source: AnySource, cost: Cost): void
  failed(source: AnySource, code: ErrorCode): void
}
