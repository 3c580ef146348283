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
  /** Every fault at once: where, and what was wrong there. */
  details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type ErrorBody = z.infer<typeof ErrorBody>

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
  },
  clusters: {
    list: base
      .meta({ policy: 'operator' })
      .route({ method: 'GET', path: '/clusters', summary: 'Every registered broker cluster' })
      .output(z.array(Cluster)),
  },
}
export type Contract = typeof contract
