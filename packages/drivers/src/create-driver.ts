import type { BrokerKind } from '@weir/contract'
import type { AddressOf, BrokerTarget } from './driver.ts'
import { createKafkaDriver, type KafkaDriver } from './kafka/kafka-driver.ts'
import { createMqttDriver, type MqttDriver } from './mqtt/mqtt-driver.ts'
import { createRabbitmqDriver, type RabbitmqDriver } from './rabbitmq/rabbitmq-driver.ts'

/** Each kind's driver, with that kind's own operations. */
export interface DriverOf {
  rabbitmq: RabbitmqDriver
  kafka: KafkaDriver
  mqtt: MqttDriver
}
export type AnyDriver = DriverOf[BrokerKind]

/** The kind is switched on here, once; everything after knows only the driver. */
export function createDriver(target: BrokerTarget, addressOf: AddressOf): AnyDriver {
  switch (target.kind) {
    case 'rabbitmq':
      return createRabbitmqDriver(target, addressOf)
    case 'kafka':
      return createKafkaDriver(target, addressOf)
    case 'mqtt':
      return createMqttDriver(target, addressOf)
  }
}
