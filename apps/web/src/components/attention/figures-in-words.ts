import { type AttentionRow, ErrorCode } from '@weir/contract'
import type { TFunction } from 'i18next'
import { countText, formatDuration, formatPercent, rateText, UNKNOWN } from '../../lib/format.ts'

/** Every figure that a sentence of ours may name. */
const figureNames = [
  'code',
  'alarm',
  'partitions',
  'topics',
  'lag',
  'lagPerSecond',
  'oldestAgeMs',
  'inPerSecond',
  'outPerSecond',
  'members',
  'perSecond',
  'total',
  'messages',
  'usualMessages',
  'publishRate',
  'deliverGetRate',
  'consumers',
  'limit',
  'share',
  'connects',
  'takeovers',
] as const
type FigureName = (typeof figureNames)[number]

/**
 * Each figure formatted by what its name says it is, so that a sentence can be filled with it. What a rule doesn't
 * tell is unknown, and never an empty place.
 */
export function figuresInWords(figures: AttentionRow['figures'], t: TFunction): Record<FigureName, string> {
  const told = figureNames.map((name) => [name, inWords(name, figures[name] ?? null, t)] as const)
  return Object.fromEntries(told) as Record<FigureName, string>
}

function inWords(name: FigureName, value: number | string | null, t: TFunction): string {
  if (value === null) return UNKNOWN
  if (typeof value === 'string') return textInWords(name, value, t)
  if (name.endsWith('Ms')) return formatDuration(value)
  if (/(PerSecond|perSecond|Rate)$/.test(name)) return rateText(value)
  return name === 'share' ? formatPercent(value) : countText(value)
}

function textInWords(name: FigureName, value: string, t: TFunction): string {
  const code = Object.values(ErrorCode).find((one) => one === value)
  if (name === 'code' && code) return t(`errors.${code}.short`)
  if (name === 'alarm' && (value === 'memory' || value === 'disk')) return t(`attention.alarms.${value}`)
  return value
}
