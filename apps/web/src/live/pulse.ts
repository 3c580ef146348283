import type { ErrorCode, ViewType } from '@weir/contract'
import { type Beat, type Beats, beatsAt, worstBeats } from './beats.ts'
import type { Connection } from './connection.ts'
import type { LiveState, SnapshotBase } from './live-state.ts'
import { cadenceOf } from './view-state.ts'

/** One view that is on the screen. */
export interface PulseView {
  readonly shown: LiveState<ViewType>
  readonly beats: Beats
}

/** How alive the page is. Times are epoch ms on the server's clock. */
export interface Pulse {
  /** `connecting`: nothing has come yet. `stale`: the socket is fine, and readings of a view on the page fail. */
  readonly state: 'connecting' | 'live' | 'stale' | 'paused' | 'reconnecting' | 'closed'
  /** Age of what is on the screen, in ms: of the oldest among the page's quickest sources. Null before anything came. */
  readonly ageMs: number | null
  readonly observedAt: number | null
  /** How often those sources are read. */
  readonly cadenceMs: number | null
  /** The age is past twice the cadence. */
  readonly isLate: boolean
  /** The last readings, oldest first, at most 15. */
  readonly beats: readonly Beat[]
  /** Since when it is stale, paused or reconnecting. */
  readonly since: number | null
  /** Why it is stale. */
  readonly code: ErrorCode | null
  /** While reconnecting: when it tries again; null while it tries. */
  readonly nextTryAt: number | null
  /** While closed: the contract's `CloseCode`. */
  readonly closeCode: number | null
}

interface Age {
  readonly observedAt: number
  readonly cadenceMs: number
}

/** The page's pulse at `now`, from its socket and the views on it. */
export function pulseOf(connection: Connection, views: readonly PulseView[], now: number): Pulse {
  const ages = quickest(views.flatMap(({ shown }) => agesOf(shown)))
  const observedAt = ages.length === 0 ? null : Math.min(...ages.map((age) => age.observedAt))
  const cadenceMs = ages.length === 0 ? null : Math.max(...ages.map((age) => age.cadenceMs))
  const ageMs = observedAt === null ? null : Math.max(0, now - observedAt)
  const isLate = ageMs !== null && cadenceMs !== null && ageMs > 2 * cadenceMs
  const withBeats = quickest(views.map(({ beats }) => beats).filter((beats) => beats.lastAt !== null))
  const beats = worstBeats(withBeats.map((one) => beatsAt(one, now)))
  return { ageMs, observedAt, cadenceMs, isLate, beats, ...standing(connection, views) }
}

type Standing = Pick<Pulse, 'state' | 'since' | 'code' | 'nextTryAt' | 'closeCode'>

const untold = { since: null, code: null, nextTryAt: null, closeCode: null }

function standing(connection: Connection, views: readonly PulseView[]): Standing {
  switch (connection.state) {
    case 'closed':
      return { ...untold, state: 'closed', closeCode: connection.code }
    case 'reconnecting':
      return { ...untold, state: 'reconnecting', since: connection.since, nextTryAt: connection.nextTryAt }
    case 'paused':
      return { ...untold, state: 'paused', since: connection.since }
    case 'connecting':
      return { ...untold, state: 'connecting' }
    case 'open':
      return standingOfViews(views)
    default:
      return connection satisfies never
  }
}

function standingOfViews(views: readonly PulseView[]): Standing {
  const stale = views.flatMap(({ shown }) => (shown.status === 'stale' ? [shown] : []))
  const first = stale.toSorted((a, b) => a.since - b.since)[0]
  if (first !== undefined) return { ...untold, state: 'stale', since: first.since, code: first.code }
  const isWaiting = views.length > 0 && views.every(({ shown }) => shown.status === 'connecting')
  return { ...untold, state: isWaiting ? 'connecting' : 'live' }
}

/**
 * A view is as old as its primary source. A summary is as old as the oldest of its instances, those left out whose
 * readings fail: their rows say so themselves.
 */
function agesOf(shown: LiveState<ViewType>): readonly Age[] {
  const snapshot: SnapshotBase | null = 'snapshot' in shown ? shown.snapshot : null
  if (snapshot === null) return []
  if (snapshot.primary !== null) return [{ observedAt: snapshot.observedAt, cadenceMs: cadenceOf(snapshot) }]
  return Object.values(snapshot.sources).flatMap(({ observedAt, cadenceMs, stale }) =>
    observedAt === null || stale !== null ? [] : [{ observedAt, cadenceMs }],
  )
}

/** Slower sources, such as statistics every 5 s, tell their age at their own column. */
function quickest<T extends { readonly cadenceMs: number }>(all: readonly T[]): readonly T[] {
  const least = Math.min(...all.map((one) => one.cadenceMs))
  return all.filter((one) => one.cadenceMs < 2 * least)
}
