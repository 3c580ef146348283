import { z } from 'zod'
import { ErrorCode } from './errors.ts'
import { View } from './view.ts'

export const PROTOCOL_VERSION = 1
export const LIVE_PATH = '/api/live'

export const limits = {
  /** From the opened socket to `hello`. */
  helloWithinMs: 5_000,
  inboundFrameBytes: 16 * 1024,
  subscriptionsPerSocket: 64,
  focusKeys: 100,
  /** More than this unsent: deltas are skipped and one fresh snapshot follows. */
  conflateAboveBytes: 64 * 1024,
  /** Nothing drained for so long: closed 4008. */
  drainWithinMs: 15_000,
  pingEveryMs: 25_000,
  /** Inbound frames of one socket. */
  framesPerSecond: 100,
} as const

/** Why the server closes a socket, after HTTP's codes. Everything else stays an `error` on an open socket. */
export const CloseCode = {
  /** The server is going down: come back with jitter. */
  restart: 1012,
  /** Not a frame of this protocol. Don't retry. */
  badMessage: 4400,
  /** Not, or no longer, allowed in. Don't retry without a new token or sign-in. */
  unauthorized: 4401,
  /** Another protocol version: reload the page once. */
  protocolVersion: 4406,
  /** No `hello` in time. Retry. */
  helloTimeout: 4408,
  /** Too many sockets or frames. Retry late. */
  tooMany: 4429,
  /** Drained nothing for too long. Retry. */
  tooSlow: 4008,
} as const
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode]

const id = z.string().min(1).max(64)
const epochMs = z.number().int().nonnegative()

/** Whose view: exactly one of the three. */
const Subject = z.union([
  z.strictObject({ instanceId: z.string().min(1).max(64) }),
  z.strictObject({ tenantId: z.string().min(1).max(64) }),
  z.strictObject({ fleet: z.literal(true) }),
])
export type Subject = z.infer<typeof Subject>

const subscribeBase = { type: z.literal('subscribe'), id, view: View }
const Subscribe = z.union([
  z.strictObject({ ...subscribeBase, instanceId: z.string().min(1).max(64) }),
  z.strictObject({ ...subscribeBase, tenantId: z.string().min(1).max(64) }),
  z.strictObject({ ...subscribeBase, fleet: z.literal(true) }),
])

export const ClientMessage = z.union([
  z.strictObject({
    type: z.literal('hello'),
    protocol: z.number().int(),
    token: z.string().max(4096).optional(),
    accept: z.array(z.enum(['deflate-raw'])).optional(),
  }),
  Subscribe,
  z.strictObject({ type: z.literal('focus'), id, keys: z.array(z.string().max(1024)).max(limits.focusKeys) }),
  z.strictObject({ type: z.literal('unsubscribe'), id }),
  z.strictObject({ type: z.literal('pause') }),
  z.strictObject({ type: z.literal('resume') }),
  z.strictObject({ type: z.literal('refresh-token'), token: z.string().max(4096) }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/** How one source of a view stands. Rows carry none of this: it is told once per source. */
export const SourceState = z.object({
  /** When the broker told it; null before the first reading. */
  observedAt: epochMs.nullable(),
  /** What it is asked at now; the page calls it late past twice this. */
  cadenceMs: z.number(),
  complete: z.boolean(),
  /** Why not complete, for people: a short English clause. */
  note: z.string().nullable(),
  /** Since when readings fail, and why; null while they come. */
  stale: z.object({ since: epochMs, code: z.enum(ErrorCode) }).nullable(),
})
export type SourceState = z.infer<typeof SourceState>

/** `[at, value]`, oldest first. A `null` value is a gap: nothing was read there. */
export const Point = z.tuple([epochMs, z.number().nullable()])
export type Point = z.infer<typeof Point>

export const Series = z.object({
  /** The view's field. */
  field: z.string(),
  /** The row it belongs to; absent in a record view. */
  key: z.string().optional(),
  points: z.array(Point),
})
export type Series = z.infer<typeof Series>

const stream = { id, epoch: z.string(), seq: z.number().int().nonnegative(), observedAt: epochMs }
const Row = z.looseObject({ key: z.string() })

export const ServerMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    protocol: z.literal(PROTOCOL_VERSION),
    serverAt: epochMs,
    actor: z.object({ type: z.enum(['operator', 'member', 'apiKey', 'share']) }),
    tokenExpiresAt: epochMs.optional(),
  }),
  z.object({ type: z.literal('history'), id, series: z.array(Series) }),
  z.object({
    type: z.literal('snapshot'),
    ...stream,
    /** By source name; in `tenant` and `fleet`, by instance id. */
    sources: z.record(z.string(), SourceState),
    /** The source whose age is the stream's own `observedAt`; null where there are many (`tenant`, `fleet`). */
    primary: z.string().nullable(),
    /** Rows of a table view, the object of a record view. */
    data: z.union([z.array(Row), z.record(z.string(), z.unknown())]),
  }),
  z.object({
    type: z.literal('delta'),
    ...stream,
    /** Only the sources whose state changed; the primary's fresh `observedAt` is the delta's own. Absent = none. */
    sources: z.record(z.string(), SourceState).optional(),
    /** Table: changed rows, whole. Record: the changed fields. Absent = nothing changed. */
    set: z.union([z.array(Row), z.record(z.string(), z.unknown())]).optional(),
    /** Keys of rows that are gone. */
    remove: z.array(z.string()).optional(),
  }),
  z.object({ type: z.literal('stale'), id, since: epochMs, code: z.enum(ErrorCode) }),
  z.object({ type: z.literal('changed'), id, what: z.string() }),
  z.object({ type: z.literal('error'), id: id.optional(), code: z.enum(ErrorCode), message: z.string() }),
  z.object({ type: z.literal('ping') }),
])
export type ServerMessage = z.infer<typeof ServerMessage>
export type ServerMessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>
