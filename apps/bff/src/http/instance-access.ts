import { ORPCError } from '@orpc/server'
import { type BrokerKind, ErrorCode, type Instance } from '@weir/contract'
import type { DriverOf } from '@weir/drivers'
import { visibleInstances } from '../access/visible.ts'
import type { RequestContext } from './request-context.ts'

/** The instance, if the actor may see it. Throws NOT_FOUND for unknown and foreign ids alike. */
export function instanceFor(context: RequestContext, instanceId: string): Instance {
  const instance = visibleInstances(context.actor, context.inventory).find(({ id }) => id === instanceId)
  if (!instance) throw notFound('there is no such instance here')
  return instance
}

/** The instance and its driver, where it is of that kind. Throws NOT_FOUND, BROKER_UNAVAILABLE. */
export function reach<K extends BrokerKind>(
  context: RequestContext,
  instanceId: string,
  kind: K,
): { instance: Extract<Instance, { kind: K }>; driver: DriverOf[K] } {
  const instance = instanceFor(context, instanceId)
  if (instance.kind !== kind) throw notFound(`that instance is not ${kind}`)
  const driver = context.drivers.ofKind(kind, instance.clusterId)
  if (!driver) {
    throw new ORPCError(ErrorCode.brokerUnavailable, { status: 503, message: 'there is no broker behind it' })
  }
  // The kind was compared just now.
  return { instance: instance as Extract<Instance, { kind: K }>, driver }
}

export function notFound(message: string): ORPCError<typeof ErrorCode.notFound, undefined> {
  return new ORPCError(ErrorCode.notFound, { status: 404, message })
}
