import { setTimeout as delay } from 'node:timers/promises'
import type { BrokerControl } from './broker-control.ts'
import { type Brokers, isUnavailable, type Unavailable } from './brokers.ts'
import type { Stages } from './stages.ts'

/**
 * Starts a broker that died again, `afterMs` later: long enough for the outage to be seen.
 * Returns how to leave them alone, which must come before they are stopped.
 */
export function keepBrokersUp(brokers: Brokers, stages: Stages, afterMs: number): () => void {
  let wanted = true
  async function startAgain(kind: string, broker: BrokerControl, how: string): Promise<void> {
    stages.say(`${kind} ended by itself (${how}), starting it again in ${afterMs / 1000} s`)
    await delay(afterMs)
    if (!wanted) return
    await stages.run(`${kind} again`, () => broker.start()).catch(() => {}) // told by the stage; the others go on
  }
  for (const [kind, broker] of Object.entries(brokers) as [string, BrokerControl | Unavailable][]) {
    if (!isUnavailable(broker)) broker.onUnexpectedEnd((how) => void startAgain(kind, broker, how))
  }
  return () => {
    wanted = false
  }
}
