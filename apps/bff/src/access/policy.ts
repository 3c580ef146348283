import type { Policy } from '@weir/contract'
import type { Actor } from './actor.ts'

/** Whether an actor of this kind may call procedures of this policy at all; which objects, `visible.ts` says. */
export function allows(actor: Actor, policy: Policy): boolean {
  switch (actor.type) {
    case 'operator':
      return policy !== 'deny'
  }
}
