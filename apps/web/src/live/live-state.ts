import type { ErrorCode, RecordOf, RecordView, RowOf, SourceState, TableView, ViewType } from '@weir/contract'
import type { SeriesByKey } from './series.ts'

export type Sources = Readonly<Record<string, SourceState>>

/**
 * A view as of its newest frame. Immutable: a new frame makes a new one, and what the frame left alone keeps its
 * reference (`rows`, each row, `sources`). Times are epoch ms on the server's clock: `useNow` is what to hold them
 * against.
 */
export interface SnapshotBase {
  readonly epoch: string
  readonly seq: number
  /** The newest reading in it. */
  readonly observedAt: number
  /** By source name; in `tenant` and `fleet`, by instance id. */
  readonly sources: Sources
  /** The source whose age is `observedAt`; null where there are many (`tenant`, `fleet`). */
  readonly primary: string | null
  /** Keys of rows, or names of fields, that are new, different or gone since the snapshot shown before. */
  readonly changedKeys: ReadonlySet<string>
  /** The last fifteen minutes; read it with `pointsOf`. */
  readonly series: SeriesByKey
}

export interface TableSnapshot<R> extends SnapshotBase {
  readonly rows: ReadonlyMap<string, R>
}

export interface RecordSnapshot<R> extends SnapshotBase {
  readonly record: R
}

export type Snapshot<T extends ViewType> = T extends TableView
  ? TableSnapshot<RowOf<T>>
  : T extends RecordView
    ? RecordSnapshot<RecordOf<T>>
    : never

/** What a page can say about a view. Whether the socket itself is up is `useConnection`. */
export type LiveState<T extends ViewType> =
  | { readonly status: 'connecting' }
  | { readonly status: 'live'; readonly snapshot: Snapshot<T> }
  /** Readings fail. `snapshot` is null when none ever came. */
  | {
      readonly status: 'stale'
      readonly snapshot: Snapshot<T> | null
      readonly since: number
      readonly code: ErrorCode
    }
  /** The server won't show it: not there, not ours, too many. Other views are not touched by it. */
  | { readonly status: 'refused'; readonly code: ErrorCode }
