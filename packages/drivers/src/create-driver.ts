import type { AddressOf, BrokerDriver, BrokerTarget } from './driver.ts'
import { createRabbitmqDriver } from './rabbitmq/rabbitmq-driver.ts'

/** The kind is switched on here, once; everything after knows only the driver. */
export function createDriver(target: BrokerTarget, addressOf: AddressOf): BrokerDriver | null {
  switch (target.kind) {
    case 'rabbitmq':
      return createRabbitmqDriver(target, addressOf)
    default:
      return null
  }
}
