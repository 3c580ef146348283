import { z } from 'zod'

/** A count that the broker told; `null` where it doesn't tell. */
export const count = z.number().int().nullable()
/** Per second; `null` while unknown: the first reading after a start or a reset has no rate. */
export const perSecond = z.number().nullable()
/** Milliseconds. */
export const ms = z.number().nullable()
/** Epoch milliseconds, UTC. */
export const at = z.number().nullable()
/** A Kafka offset: an int64 as decimal text. */
export const offset = z
  .string()
  .regex(/^-?\d+$/)
  .nullable()

/** Where a backlog is heading, from its own last minute. */
export const Trend = z.enum(['draining', 'steady', 'growing', 'unknown'])
export type Trend = z.infer<typeof Trend>
