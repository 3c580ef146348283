import type { AddressOf, BrokerDriver, BrokerTarget } from './driver.ts'
import { createKafkaDriver } from './kafka/kafka-driver.ts'
import { createMqttDriver } from './mqtt/mqtt-driver.ts'
import { createRabbitmqDriver } from './rabbitmq/rabbitmq-driver.ts'

/** The kind is switched on here, once; everything after knows only the driver. */
export function createDriver(target: BrokerTarget, addressOf: AddressOf): BrokerDriver {
  switch (target.kind) {
    case 'rabbitmq':
      return createRabbitmqDriver(target, addressOf)
    case 'kafka':
      return createKafkaDriver(target, addressOf)
    case 'mqtt':
      return createMqttDriver(target, addressOf)
  }
}
