import { type ErrorCode, type ServerMessageOf, type ViewType, views } from '@weir/contract'
import type { Sources } from './live-state.ts'
import {
  appendValues,
  breakAfter,
  mapSeries,
  mergeHistories,
  RECORD_KEY,
  type SeriesByKey,
} from './series.ts'
import { type Data, patchData, readData, reuseData } from './view-data.ts'

/** The newest frame, taken in. */
export interface Held {
  readonly epoch: string
  readonly seq: number
  readonly observedAt: number
  readonly sources: Sources
  readonly primary: string | null
  readonly data: Data
}

/** Everything that one subscription knows. Pure: each frame makes the next one. */
export interface ViewState {
  readonly type: ViewType
  /** Null until the first snapshot. */
  readonly held: Held | null
  /** Apart from `held`, because history comes before the first snapshot and outlives an epoch. */
  readonly series: SeriesByKey
  /** The newest points are the server's, which stand further apart than ours. */
  readonly isAfterHistory: boolean
  readonly stale: { readonly since: number; readonly code: ErrorCode } | null
  readonly refused: ErrorCode | null
}

export interface Applied {
  readonly state: ViewState
  /** Keys of rows, or names of fields. */
  readonly changed: readonly string[]
  /** What could not be read and was left out, a line each. */
  readonly bad: readonly string[]
}

/** How many cadences may pass between two points before the line breaks. */
const GAP_CADENCES = 3
const DEFAULT_CADENCE_MS = 1_000
/** What nobody watches is read every 15 s, and so are the rows of a table remembered. */
const HISTORY_GAP_MS = GAP_CADENCES * 15_000
/** A summary keeps the points of all its rows up to this many; beyond, of those on the screen alone. */
const ALL_ROWS_UP_TO = 300

export function emptyView(type: ViewType): ViewState {
  return { type, held: null, series: new Map(), isAfterHistory: false, stale: null, refused: null }
}

export function applySnapshot(
  state: ViewState,
  frame: ServerMessageOf<'snapshot'>,
  focused: ReadonlySet<string>,
): Applied {
  const before = state.held
  const read = readData(state.type, frame.data)
  if (read === null) return { state, changed: [], bad: [`${state.type}: data of another shape`] }
  const { data, changed } = reuseData(before?.data ?? null, read.data)
  const { epoch, seq, observedAt, sources, primary } = frame
  const isNewLife = before !== null && before.epoch !== epoch
  const series = isNewLife
    ? mapSeries(state.series, (points) => breakAfter(points, before.observedAt))
    : state.series
  const held = { epoch, seq, observedAt, sources, primary, data }
  return { state: advance({ ...state, series, refused: null }, held, focused), changed, bad: read.bad }
}

/** Null: the delta doesn't follow what is held, and only a new snapshot helps. */
export function applyDelta(
  state: ViewState,
  frame: ServerMessageOf<'delta'>,
  focused: ReadonlySet<string>,
): Applied | null {
  const before = state.held
  if (before === null || frame.epoch !== before.epoch || frame.seq !== before.seq + 1) return null
  const patched = patchData(state.type, before.data, frame)
  if (patched === null) return null
  const { epoch, seq, observedAt } = frame
  const sources = freshSources(before, frame)
  const held = { ...before, epoch, seq, observedAt, sources, data: patched.data }
  return { state: advance(state, held, focused), changed: patched.changed, bad: patched.bad }
}

export function applyHistory(state: ViewState, frame: ServerMessageOf<'history'>): ViewState {
  return {
    ...state,
    series: mergeHistories(state.series, frame.series, HISTORY_GAP_MS),
    isAfterHistory: true,
  }
}

/** Readings fail: the line ends here, and what is shown grows old. */
export function applyStale(state: ViewState, { since, code }: ServerMessageOf<'stale'>): ViewState {
  return { ...breakLine(state), stale: { since, code } }
}

export function applyRefusal(state: ViewState, code: ErrorCode): ViewState {
  return { ...emptyView(state.type), refused: code }
}

/** Nothing comes from here on, for now: a gap, unless the server's own history closes it. */
export function breakLine(state: ViewState): ViewState {
  return {
    ...state,
    series: mapSeries(state.series, (points) => breakAfter(points, Number.POSITIVE_INFINITY)),
  }
}

function advance(state: ViewState, held: Held, focused: ReadonlySet<string>): ViewState {
  const stale = staleBy(held)
  if (stale !== null) return { ...breakLine(state), held, stale }
  return { ...state, held, stale, series: withPoints(state, held, focused), isAfterHistory: false }
}

/** The view is as stale as its primary source. Where there are many, each tells its own, and a frame is a reading. */
function staleBy({ primary, sources }: Held): ViewState['stale'] {
  return primary === null ? null : (sources[primary]?.stale ?? null)
}

function withPoints(state: ViewState, held: Held, focused: ReadonlySet<string>): SeriesByKey {
  const { series: fields } = views[state.type]
  if (fields.length === 0) return state.series
  const { data } = held
  const pointOf = (key: string, field: string) =>
    numberOrNull(data.shape === 'record' ? data.record[field] : data.rows.get(key)?.[field])
  return appendValues(
    state.series,
    keptKeys(state.type, data, focused),
    fields,
    pointOf,
    held.observedAt,
    state.isAfterHistory ? HISTORY_GAP_MS : GAP_CADENCES * cadenceOf(held),
  )
}

function keptKeys(type: ViewType, data: Data, focused: ReadonlySet<string>): Iterable<string> {
  if (data.shape === 'record') return [RECORD_KEY]
  return views[type].of === 'summary' && data.rows.size <= ALL_ROWS_UP_TO ? data.rows.keys() : focused
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

/** How often the view's own reading comes: its primary source's cadence, or the quickest of many. */
export function cadenceOf({ primary, sources }: Pick<Held, 'primary' | 'sources'>): number {
  const own = primary === null ? undefined : sources[primary]
  if (own !== undefined) return own.cadenceMs
  const cadences = Object.values(sources).map((source) => source.cadenceMs)
  return cadences.length === 0 ? DEFAULT_CADENCE_MS : Math.min(...cadences)
}

/** A delta tells a source's state where it changed; the primary's fresh `observedAt` is the delta's own. */
function freshSources(before: Held, frame: ServerMessageOf<'delta'>): Sources {
  const { primary } = before
  const sources = frame.sources === undefined ? before.sources : { ...before.sources, ...frame.sources }
  const own = primary === null ? undefined : sources[primary]
  if (primary === null || own === undefined || own.stale !== null) return sources
  return own.observedAt === frame.observedAt
    ? sources
    : { ...sources, [primary]: { ...own, observedAt: frame.observedAt } }
}
