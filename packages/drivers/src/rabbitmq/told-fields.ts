import { z } from 'zod'

const told = z.unknown().optional()

/** The broker leaves out what it doesn't know, or says null, or a word (`unknown`): all are null here. */
export const toldNumber = told.transform((value) => (typeof value === 'number' ? value : null))
export const toldText = told.transform((value) => (typeof value === 'string' && value !== '' ? value : null))
export const toldBoolean = told.transform((value) => (typeof value === 'boolean' ? value : null))

/** An object; one without fields is sometimes written as an empty array. Absent: null. */
export const toldObject = told.transform((value): Record<string, unknown> | null => {
  if (Array.isArray(value)) return {}
  return typeof value === 'object' && value !== null ? { ...value } : null
})

/** A time in seconds as publishers tell it; some write milliseconds there. Epoch ms. */
export const toldSeconds = toldNumber.transform((value) => {
  if (value === null) return null
  return value > 100_000_000_000 ? value : value * 1_000
})

/** No queue moves ten million messages a second; the broker's statistics sometimes say so (rabbitmq-server#10066). */
const ABSURD_RATE = 10_000_000

const Details = z.object({ rate: z.number() }).optional()
const Parts = z.object({
  publish_details: Details,
  deliver_get_details: Details,
  ack_details: Details,
  redeliver_details: Details,
})
type Parts = z.infer<typeof Parts>

/** `message_stats`, in which each part exists from its first message on; an empty one is an empty array. */
export const MessageStats = z.union([Parts, z.array(z.unknown()).transform((): Parts => ({}))]).optional()
export type MessageStats = z.infer<typeof MessageStats>

/**
 * Messages per second. What isn't told is 0 where the broker keeps statistics, and null where it doesn't; a rate that
 * can't be is null.
 */
export function rateOf(stats: MessageStats, part: keyof Parts, statistics: boolean): number | null {
  if (!statistics) return null
  const rate = stats?.[part]?.rate ?? 0
  return rate >= 0 && rate < ABSURD_RATE ? rate : null
}
