/**
 * Numbers as the page writes them, the same in every language: a point for decimals, a comma between thousands, a
 * no-break space before a unit. `null` is unknown and reads `–`; zero is a number and reads `0`.
 */

export const UNKNOWN = '–'
const NBSP = '\u00a0'

/** Digits and unit apart, for a table's cell, where units stand in a slot of their own so that digits line up. */
export interface Figure {
  readonly digits: string
  /** Empty where there is none. */
  readonly unit: string
}

const unknownFigure: Figure = { digits: UNKNOWN, unit: '' }
const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** From here on a count is shortened to three digits. */
const EXACT_BELOW = 10_000
const COUNT_UNITS = ['', 'k', 'M', 'G', 'T', 'P'] as const
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** Exact below 10,000, then three digits: `9,412`, `18.5 k`, `1.28 M`, `2.10 G`. */
export function formatCount(value: number | null): Figure {
  if (value === null) return unknownFigure
  if (Math.abs(value) < EXACT_BELOW - 0.5) return { digits: thousands.format(value), unit: '' }
  return inUnits(value, 1_000, COUNT_UNITS)
}

export function countText(value: number | null): string {
  return textOf(formatCount(value))
}

/** Every digit, for a hover, a copy, a preview, a confirmation: `18,480`. */
export function formatExact(value: number | null): string {
  return value === null ? UNKNOWN : thousands.format(value)
}

/** A difference, exact, with its sign: `+212`, `−40`, `0`. */
export function formatSigned(value: number | null): string {
  if (value === null) return UNKNOWN
  const rounded = Math.round(value)
  if (rounded === 0) return '0'
  return `${rounded > 0 ? '+' : '−'}${thousands.format(Math.abs(rounded))}`
}

/** Per second. One decimal under 10, none from there, then as a count: `7.5`, `940`, `18.5 k`. */
export function formatRate(perSecond: number | null): Figure {
  if (perSecond === null) return unknownFigure
  if (perSecond === 0) return { digits: '0', unit: '' }
  const size = Math.abs(perSecond)
  if (size < 0.05) return { digits: '<0.1', unit: '' }
  return size < 9.95 ? { digits: perSecond.toFixed(1), unit: '' } : formatCount(perSecond)
}

/** `7.5 /s`, `940 /s`, `18.5 k/s`. */
export function rateText(perSecond: number | null): string {
  if (perSecond === null) return UNKNOWN
  const { digits, unit } = formatRate(perSecond)
  return `${digits}${NBSP}${unit}/s`
}

/** `512 B`, `64.0 MiB`, `1.28 GiB`. */
export function formatBytes(bytes: number | null): Figure {
  if (bytes === null) return unknownFigure
  if (Math.abs(bytes) < 1_024) return { digits: thousands.format(bytes), unit: 'B' }
  return inUnits(bytes, 1_024, BYTE_UNITS)
}

export function bytesText(bytes: number | null): string {
  return textOf(formatBytes(bytes))
}

/** Of 1. One decimal under 10 %, none from there: `4.2 %`, `71 %`. Only the whole is called 100 %. */
export function formatPercent(ratio: number | null): string {
  if (ratio === null) return UNKNOWN
  const percent = ratio * 100
  if (percent > 0 && percent < 0.05) return `<0.1${NBSP}%`
  if (percent > 0 && percent < 9.95) return `${percent.toFixed(1)}${NBSP}%`
  const whole = percent < 100 ? Math.min(99, Math.round(percent)) : Math.round(percent)
  return `${thousands.format(whole)}${NBSP}%`
}

/** A chart's tick: as short as it can be. `0`, `500`, `1,500`, `10 k`, `2.5 M`. */
export function formatAxis(value: number): string {
  const { digits, unit } =
    Math.abs(value) < 10 ? { digits: String(roundTo(value, 2)), unit: '' } : formatCount(value)
  const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
  return unit === '' ? short : `${short}${NBSP}${unit}`
}

export function textOf({ digits, unit }: Figure): string {
  return unit === '' ? digits : `${digits}${NBSP}${unit}`
}

/** Three digits in the largest unit that leaves at least one before the point. */
function inUnits(value: number, step: number, units: readonly string[]): Figure {
  let size = Math.abs(value)
  let index = 0
  // Rounded before it is compared, so that 999,960 reads 1.00 M and not 1,000 k.
  while (index < units.length - 1 && threeDigits(size) >= step) {
    size /= step
    index += 1
  }
  const rounded = threeDigits(size)
  const digits = rounded >= 100 ? thousands.format(rounded) : rounded.toFixed(decimalsOf(rounded))
  return { digits: (value < 0 ? '-' : '') + digits, unit: units[index] ?? '' }
}

/** Whole from 100 on: 1,010 KiB has four. */
function threeDigits(size: number): number {
  return size >= 100 ? Math.round(size) : Number(size.toPrecision(3))
}

function decimalsOf(size: number): number {
  return size >= 10 ? 1 : 2
}

function roundTo(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const units = [
  { unit: 'd', ms: DAY, next: 'h', nextMs: HOUR },
  { unit: 'h', ms: HOUR, next: 'm', nextMs: MINUTE },
  { unit: 'm', ms: MINUTE, next: 's', nextMs: SECOND },
] as const

/**
 * A length of time that is moving, in ms: two units at most, the second always there so that its width keeps still.
 * `0 s`, `0.3 s`, `41 s`, `2 m 10 s`, `17 m 0 s`, `1 h 41 m`, `12 d 3 h`. `null` reads `–`.
 */
export function formatDuration(ms: number | null): string {
  if (ms === null) return UNKNOWN
  const whole = Math.max(0, ms)
  // What took some time never took none.
  if (whole > 0 && whole < SECOND) return tenths(Math.max(100, whole))
  return parts(whole).join(NBSP)
}

/** A length of time that was set and stands still: a zero second unit is left out. `7 d`, `1 h`, `1 h 30 m`. */
export function formatSpan(ms: number | null): string {
  if (ms === null) return UNKNOWN
  if (ms > 0 && ms < SECOND) return `${Math.round(ms)}${NBSP}ms`
  const [first = '', second = ''] = parts(Math.max(0, ms))
  return second === '' || second.startsWith('0') ? first : `${first}${NBSP}${second}`
}

/** How old something is, in ms: tenths under ten seconds, for a number that is told anew each second. `0.3 s`, `41 s`. */
export function formatAge(ms: number | null): string {
  if (ms === null) return UNKNOWN
  const whole = Math.max(0, ms)
  return whole < 10 * SECOND ? tenths(whole) : formatDuration(whole)
}

/** Cut, as everything here: a clock that says 9.9 has not been at 10 yet. */
function tenths(ms: number): string {
  return `${(Math.floor(ms / 100) / 10).toFixed(1)}${NBSP}s`
}

function parts(ms: number): string[] {
  // Cut and not rounded: 59.9 s is not yet a minute, as a clock has it.
  const found = units.find((one) => ms >= one.ms)
  if (found === undefined) return [`${Math.floor(ms / SECOND)}${NBSP}s`]
  const first = Math.floor(ms / found.ms)
  const second = Math.floor((ms % found.ms) / found.nextMs)
  return [`${first.toLocaleString('en-US')}${NBSP}${found.unit}`, `${second}${NBSP}${found.next}`]
}

/** The reader's own zone, or UTC. */
export type Zone = 'local' | 'utc'

/** Epoch ms to `14:32:07`. */
export function formatTime(at: number | null, zone: Zone = 'local'): string {
  return at === null ? UNKNOWN : formatter(zone, clockParts).format(at)
}

/** Epoch ms to `14:32`, for an axis. */
export function formatMinute(at: number | null, zone: Zone = 'local'): string {
  return at === null ? UNKNOWN : formatter(zone, minuteParts).format(at)
}

/** Epoch ms to `2026-11-22 14:32:07`. */
export function formatDateTime(at: number | null, zone: Zone = 'local'): string {
  if (at === null) return UNKNOWN
  const named = new Map(
    formatter(zone, dateParts)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return `${named.get('year')}-${named.get('month')}-${named.get('day')} ${formatTime(at, zone)}`
}

/** The clock alone for today, with the date before it otherwise: since when something holds. */
export function formatSince(at: number | null, now: number, zone: Zone = 'local'): string {
  if (at === null) return UNKNOWN
  const full = formatDateTime(at, zone)
  return full.slice(0, 10) === formatDateTime(now, zone).slice(0, 10) ? formatTime(at, zone) : full
}

const minuteParts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const clockParts = { ...minuteParts, second: '2-digit' } as const
const dateParts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const

type DateParts = typeof minuteParts | typeof clockParts | typeof dateParts

/** Making one costs far more than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: Zone, dateTimeParts: DateParts): Intl.DateTimeFormat {
  const key = `${zone} ${Object.keys(dateTimeParts).join(' ')}`
  const known = formatters.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    ...dateTimeParts,
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  })
  formatters.set(key, made)
  return made
}
