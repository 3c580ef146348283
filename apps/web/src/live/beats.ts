/** One reading as the pulse draws it. */
export type Beat = 'on-time' | 'late' | 'missing'

export const BEATS_SHOWN = 15

/** When the readings of one view came. Times are epoch ms on the server's clock. */
export interface Beats {
  /** Oldest first, at most `BEATS_SHOWN`. */
  readonly marks: readonly Beat[]
  readonly lastAt: number | null
  readonly cadenceMs: number
}

export const noBeats: Beats = { marks: [], lastAt: null, cadenceMs: 1_000 }

/** A reading `at`, which arrived here at `arrivedAt`. One that isn't newer than the last is the last, told again. */
export function noteBeat(beats: Beats, at: number, arrivedAt: number, cadenceMs: number): Beats {
  if (beats.lastAt === null) return firstBeat(at, arrivedAt, cadenceMs)
  const gapMs = at - beats.lastAt
  if (gapMs <= 0) return beats
  // Asked more often since we watch: what lies between the old rhythm and the new one is due by the slower of the two.
  const dueMs = Math.max(beats.cadenceMs, cadenceMs)
  const isLate = Math.max(gapMs, arrivedAt - at) > dueMs * 1.5
  const missed = missedIn(gapMs, dueMs)
  const mark: Beat = isLate && missed === 0 ? 'late' : 'on-time'
  return { marks: lastOf([...beats.marks, ...missing(missed), mark]), lastAt: at, cadenceMs }
}

/** What nobody watched may be old when it is first shown; only from then on can a reading be missing. */
function firstBeat(at: number, arrivedAt: number, cadenceMs: number): Beats {
  const isOld = arrivedAt - at > 2 * cadenceMs
  return { marks: isOld ? [] : ['on-time'], lastAt: Math.max(at, arrivedAt - cadenceMs), cadenceMs }
}

/** With the readings that should have come by now. */
export function beatsAt({ marks, lastAt, cadenceMs }: Beats, now: number): readonly Beat[] {
  if (lastAt === null) return marks
  return lastOf([...marks, ...missing(missedIn(now - lastAt, cadenceMs))])
}

/** The worst of several views, reading by reading, the newest last. */
export function worstBeats(all: readonly (readonly Beat[])[]): readonly Beat[] {
  const length = Math.max(0, ...all.map((marks) => marks.length))
  return Array.from({ length }, (_, index) => worst(all.map((marks) => marks.at(index - length))))
}

/** A reading may come up to a whole cadence late before the one after it counts as missing. */
function missedIn(gapMs: number, cadenceMs: number): number {
  return Math.min(BEATS_SHOWN, Math.max(0, Math.ceil(gapMs / cadenceMs) - 2))
}

function missing(count: number): readonly Beat[] {
  return Array.from({ length: count }, () => 'missing')
}

function worst(marks: readonly (Beat | undefined)[]): Beat {
  if (marks.includes('missing')) return 'missing'
  return marks.includes('late') ? 'late' : 'on-time'
}

function lastOf(marks: readonly Beat[]): readonly Beat[] {
  return marks.slice(-BEATS_SHOWN)
}
