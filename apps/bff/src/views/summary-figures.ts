import type { SummaryRow } from '@weir/contract'

/** What every kind of instance can be summed up by; null: the broker doesn't tell it. */
export type SummaryFigures = Pick<
  SummaryRow,
  'version' | 'objects' | 'backlog' | 'inPerSecond' | 'outPerSecond' | 'consumers' | 'oldestAgeMs'
>
