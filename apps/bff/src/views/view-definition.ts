import { type BrokerKind, ErrorCode, type Instance, type Point, type Series, type View } from '@weir/contract'
import type { AnySource } from '@weir/drivers'
import type { Derived } from '../store/derived.ts'
import type { DataOfSource, SourceSlot } from '../store/reading-store.ts'

/** One instance as a projection sees it: its scope, and the readings of its cluster. */
export interface Part {
  readonly instance: Instance
  /** Why there is no broker behind it; null where there is one. */
  readonly unavailable: string | null
  slot<S extends AnySource>(source: S): SourceSlot<DataOfSource[S]> | undefined
  readonly derived: Derived
}

export type Row = { readonly key: string } & Readonly<Record<string, unknown>>
export type RecordData = Readonly<Record<string, unknown>>

/**
 * What a view shows now. `waiting`: nothing has been read yet. `gone`: the one object that it is about isn't there, by a
 * reading of `asOf` (epoch ms): one from before anybody watched may not know an object that was made since.
 */
export type Projection =
  | { readonly status: 'rows'; readonly rows: readonly Row[] }
  | { readonly status: 'record'; readonly record: RecordData }
  | { readonly status: 'waiting' }
  | { readonly status: 'gone'; readonly code: ErrorCode; readonly asOf: number }

export const waiting: Projection = { status: 'waiting' }

/** What isn't the viewer's own is as good as not there, and no reading will change it. */
export const notOwn: Projection = { status: 'gone', code: ErrorCode.notFound, asOf: Number.POSITIVE_INFINITY }

export function notThere(asOf: number): Projection {
  return { status: 'gone', code: ErrorCode.notFound, asOf }
}

export interface Focus {
  readonly source: AnySource
  /** Of the rows on somebody's screen, those worth it; for a detail view, its one object. All of this scope. */
  keys(part: Part, view: View, onScreen: readonly string[]): readonly string[]
}

/** A pure function of readings and scope, and what it needs to be one. */
export interface ViewDefinition {
  /** The sources it is made of; the first is the one whose age is the view's. */
  sources(kind: BrokerKind): readonly AnySource[]
  /** The sources that read single rows more often or more exactly. They are asked for these rows and nothing else. */
  readonly focus?: readonly Focus[]
  /** Rows are filtered by scope first; totals are counted after. */
  project(parts: readonly Part[], view: View): Projection
  /** What is known of a record's last 15 minutes before anybody watched it. */
  past?(parts: readonly Part[], view: View): readonly Series[]
  /** The last 15 minutes of a row's backlog, where rows keep it. */
  rowPoints?(part: Part, key: string): Point[]
}

export function onlyPart(parts: readonly Part[]): Part {
  const [part] = parts
  if (!part || parts.length !== 1) throw new Error('this view is of one instance')
  return part
}
