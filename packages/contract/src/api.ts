import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ErrorCode } from './errors.ts'
import { Cluster, Instance, Tenant } from './instances.ts'

/**
 * Who may call a procedure. `observe`, `operate` and `administer` are rights on one tenant or instance; `operator` is
 * the provider's staff. Silence means refused: a procedure without a policy is `deny`.
 */
export type Policy = 'deny' | 'observe' | 'operate' | 'administer' | 'operator'

export interface ProcedureMeta {
  readonly policy: Policy
}

const base = oc.$meta<ProcedureMeta>({ policy: 'deny' })

/** The body of every error answer. A 500 tells nothing but its request id. */
export const ErrorBody = z.object({
  code: z.enum(ErrorCode),
  message: z.string(),
  requestId: z.string(),
  /** The broker's own sentence, where it refused. */
  reason: z.string().optional(),
  /** Every fault at once: where, and what was wrong there. */
  details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type ErrorBody = z.infer<typeof ErrorBody>

/** What the broker behind an instance can do with Weir's credentials. The page offers only this. */
export const Capabilities = z.object({
  version: z.string().nullable(),
  features: z.record(
    z.string(),
    z.union([
      z.object({ available: z.literal(true) }),
      z.object({ available: z.literal(false), reason: z.string() }),
    ]),
  ),
})
export type Capabilities = z.infer<typeof Capabilities>

/** One change that somebody made or tried: written before the broker is called, completed after. */
export const AuditEntry = z.object({
  id: z.string(),
  /** Epoch ms. */
  at: z.number(),
  actor: z.string(),
  tenantId: z.string().nullable(),
  instanceId: z.string(),
  procedure: z.string(),
  target: z.string(),
  /** `unknown`: Weir never learned the outcome: it ended before, or the broker did not answer in time (`code`). */
  result: z.enum(['done', 'failed', 'unknown']),
  code: z.enum(ErrorCode).nullable(),
  /** What was there before, and what is after, where that is small. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const instanceId = z.string().min(1).max(64)
const topic = z.string().min(1).max(249)
const groupId = z.string().min(1)
const partition = z.number().int().nonnegative()
const offset = z.string().regex(/^\d+$/, 'an offset is decimal text')

/** Where a reset goes: the log's start or end, the first record at or after a time, one offset, or so many from here. */
export const ResetTo = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('earliest') }),
  z.strictObject({ type: z.literal('latest') }),
  /** Epoch ms. */
  z.strictObject({ type: z.literal('time'), at: z.number().int().nonnegative() }),
  z.strictObject({ type: z.literal('offset'), offset }),
  /** Below 0: back. */
  z.strictObject({ type: z.literal('shift'), by: z.number().int() }),
])
export type ResetTo = z.infer<typeof ResetTo>

/** What a reset would do to one partition. */
export const ResetPartition = z.object({
  partition,
  /** The commit now; null where there is none. */
  from: offset.nullable(),
  /** Brought within the log where the wish lies outside it. */
  to: offset,
  /** Records that would be read again, and those that would be passed over. One of them is 0. */
  readAgain: z.number().int(),
  skipped: z.number().int(),
})
export type ResetPartition = z.infer<typeof ResetPartition>

export const ResetPreview = z.object({
  groupId,
  topic,
  /** Kafka resets only a group without members; so many are connected now. */
  members: z.number().int(),
  state: z.string().nullable(),
  partitions: z.array(ResetPartition),
})
export type ResetPreview = z.infer<typeof ResetPreview>

/** An account that may connect, and what is connected with it now. */
export const MqttUser = z.object({
  username: z.string(),
  disabled: z.boolean(),
  roles: z.array(z.string()),
  /** Client ids that would be cut off. */
  clientIds: z.array(z.string()),
})
export type MqttUser = z.infer<typeof MqttUser>

export const contract = {
  tenants: {
    list: base
      .meta({ policy: 'observe' })
      .route({ method: 'GET', path: '/tenants', summary: 'The tenants this actor belongs to or may see' })
      .output(z.array(Tenant)),
  },
  instances: {
    list: base
      .meta({ policy: 'observe' })
      .route({ method: 'GET', path: '/instances', summary: 'The instances this actor may see' })
      .output(z.array(Instance)),
    capabilities: base
      .meta({ policy: 'observe' })
      .route({
        method: 'GET',
        path: '/instances/{instanceId}/capabilities',
        summary: 'What its broker can do with the credentials it is read with',
      })
      .input(z.strictObject({ instanceId }))
      .output(Capabilities),
  },
  clusters: {
    list: base
      .meta({ policy: 'operator' })
      .route({ method: 'GET', path: '/clusters', summary: 'Every registered broker cluster' })
      .output(z.array(Cluster)),
  },
  audit: {
    list: base
      .meta({ policy: 'observe' })
      .route({ method: 'GET', path: '/audit', summary: 'The changes made through Weir, newest first' })
      .input(
        z.strictObject({
          instanceId: instanceId.optional(),
          pageSize: z.coerce.number().int().min(1).max(500).default(100),
        }),
      )
      .output(z.array(AuditEntry)),
  },
  rabbitmq: {
    purgeQueue: base
      .meta({ policy: 'operate' })
      .route({
        method: 'POST',
        path: '/instances/{instanceId}/rabbitmq/queues/{vhost}/{name}/purge',
        summary: 'Throw away the ready messages of a queue',
        description: 'Unacknowledged messages stay. A stream cannot be purged.',
      })
      .input(z.strictObject({ instanceId, vhost: z.string().min(1), name: z.string().min(1) }))
      .output(z.object({ messagesReadyBefore: z.number().int().nullable() })),
  },
  kafka: {
    createTopic: base
      .meta({ policy: 'operate' })
      .route({
        method: 'POST',
        path: '/instances/{instanceId}/kafka/topics',
        summary: 'Create a topic',
        description: 'With validateOnly the broker says whether it would, and creates nothing.',
      })
      .input(
        z.strictObject({
          instanceId,
          topic: topic.regex(/^[a-zA-Z0-9._-]+$/, 'letters, digits, ".", "_" and "-" alone'),
          partitions: z.number().int().min(1).max(10_000),
          replicationFactor: z.number().int().min(1).max(32),
          cleanupPolicy: z.enum(['delete', 'compact', 'compact,delete']).optional(),
          /** −1 keeps for ever. */
          retentionMs: z.number().int().min(-1).optional(),
          validateOnly: z.boolean().default(false),
        }),
      )
      .output(z.object({ topic: z.string(), created: z.boolean() })),
    previewOffsetReset: base
      .meta({ policy: 'operate' })
      .route({
        method: 'POST',
        path: '/instances/{instanceId}/kafka/groups/{groupId}/offset-reset/preview',
        summary: 'What a reset of a group on one topic would touch',
      })
      .input(z.strictObject({ instanceId, groupId, topic, to: ResetTo }))
      .output(ResetPreview),
    resetOffsets: base
      .meta({ policy: 'operate' })
      .route({
        method: 'POST',
        path: '/instances/{instanceId}/kafka/groups/{groupId}/offset-reset',
        summary: 'Commit these offsets for a group without members',
        description: 'Takes the offsets that a preview showed, so that what is done is what was seen.',
      })
      .input(
        z.strictObject({
          instanceId,
          groupId,
          topic,
          offsets: z.array(z.strictObject({ partition, offset })).min(1),
        }),
      )
      .output(z.object({ before: z.array(z.object({ partition, offset: offset.nullable() })) })),
  },
  mqtt: {
    users: base
      .meta({ policy: 'operate' })
      .route({
        method: 'GET',
        path: '/instances/{instanceId}/mqtt/users',
        summary: 'The accounts of Mosquitto dynamic security, with their connections',
      })
      .input(z.strictObject({ instanceId }))
      .output(z.array(MqttUser)),
    disableUser: base
      .meta({ policy: 'operate' })
      .route({
        method: 'POST',
        path: '/instances/{instanceId}/mqtt/users/{username}/disable',
        summary: 'Cut off every connection of an account and refuse new ones',
      })
      .input(z.strictObject({ instanceId, username: z.string().min(1) }))
      .output(z.object({ clientIds: z.array(z.string()) })),
    enableUser: base
      .meta({ policy: 'operate' })
      .route({
        method: 'POST',
        path: '/instances/{instanceId}/mqtt/users/{username}/enable',
        summary: 'Let an account connect again',
      })
      .input(z.strictObject({ instanceId, username: z.string().min(1) }))
      .output(z.object({ username: z.string() })),
  },
}
export type Contract = typeof contract
