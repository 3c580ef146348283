import type { ReactNode } from 'react'
import { bytesText, formatDuration, formatExact, formatRate, textOf } from '../lib/format.ts'
import type { Figure } from './figure-row.tsx'
import { Unknown } from './numbers.tsx'

type More = Pick<Figure, 'note' | 'tone'> & { reason?: string }

/** A count with all its digits: a figure row is never rounded. */
export function countFigure(field: string, label: string, value: number | null, more: More = {}): Figure {
  return figure(field, label, value, formatExact, more)
}

export function rateFigure(field: string, label: string, value: number | null, more: More = {}): Figure {
  return figure(field, label, value, (perSecond) => unit(textOf(formatRate(perSecond)), '/s'), more)
}

export function durationFigure(field: string, label: string, value: number | null, more: More = {}): Figure {
  return figure(field, label, value, formatDuration, more)
}

export function bytesFigure(field: string, label: string, value: number | null, more: More = {}): Figure {
  return figure(field, label, value, bytesText, more)
}

export function bytesRateFigure(field: string, label: string, value: number | null, more: More = {}): Figure {
  return figure(field, label, value, (perSecond) => unit(bytesText(perSecond), '/s'), more)
}

function figure(
  field: string,
  label: string,
  value: number | null,
  format: (value: number) => ReactNode,
  { reason, ...more }: More,
): Figure {
  return {
    field,
    label,
    exact: value,
    value: value === null ? <Unknown reason={reason} /> : format(value),
    ...more,
  }
}

function unit(text: string, of: string): ReactNode {
  return (
    <>
      {text} <small>{of}</small>
    </>
  )
}
