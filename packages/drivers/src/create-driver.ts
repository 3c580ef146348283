import type { AddressOf, BrokerDriver, BrokerTarget } from './driver.ts'

/** The kind is switched on here, once; everything after knows only the driver. */
export function createDriver(target: BrokerTarget, _addressOf: AddressOf): BrokerDriver {
  throw new Error(`no driver for ${target.kind}`)
}
