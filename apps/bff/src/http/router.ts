import { implement, ORPCError } from '@orpc/server'
import { contract, ErrorCode } from '@weir/contract'
import type { Actor } from '../access/actor.ts'
import { visibleInstances, visibleTenants } from '../access/visible.ts'
import type { Inventory } from '../tenancy/inventory.ts'

/** What every handler knows of its request. */
export interface RequestContext {
  readonly actor: Actor
  readonly requestId: string
  readonly inventory: Inventory
}

const os = implement(contract).$context<RequestContext>()

/** The one place where a procedure's policy is enforced. Silence means refused. */
const policed = os.use(async ({ context, procedure, next }) => {
  const { policy } = procedure['~orpc'].meta
  if (policy === 'deny' || context.actor.type !== 'operator') {
    throw new ORPCError(ErrorCode.forbidden, { status: 403, message: 'not allowed' })
  }
  return next()
})

export const router = policed.router({
  tenants: {
    list: policed.tenants.list.handler(({ context }) => [
      ...visibleTenants(context.actor, context.inventory),
    ]),
  },
  instances: {
    list: policed.instances.list.handler(({ context }) => [
      ...visibleInstances(context.actor, context.inventory),
    ]),
  },
  clusters: {
    list: policed.clusters.list.handler(({ context }) =>
      context.inventory.clusters.map(({ id, slug, name, kind, unavailable }) => ({
        id,
        slug,
        name,
        kind,
        unavailable,
      })),
    ),
  },
})
