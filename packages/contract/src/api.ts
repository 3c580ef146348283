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
  /** `unknown`: Weir ended before it learned the outcome. */
  result: z.enum(['done', 'failed', 'unknown']),
  code: z.enum(ErrorCode).nullable(),
  /** What was there before, and what is after, where that is small. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const instanceId = z.string().min(1).max(64)

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
}
export type Contract = typeof contract
