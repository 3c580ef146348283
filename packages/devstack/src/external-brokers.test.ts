import { expect, test } from 'vitest'
import { externalBrokers } from './external-brokers.ts'

const sasl = { mechanism: 'scram-sha-512', username: 'admin', password: 'k' }

test('nothing named, nothing external', () => {
  expect(externalBrokers({})).toEqual({ rabbitmq: null, kafka: null, mqtt: null })
})

test('addresses lose their credentials, which are decoded', () => {
  const { rabbitmq, kafka, mqtt } = externalBrokers({
    WEIR_RABBITMQ_URL: 'amqp://ad%40min:p%2Fw@rabbit:5672',
    WEIR_RABBITMQ_MANAGEMENT_URL: 'http://ad%40min:p%2Fw@rabbit:15672',
    WEIR_KAFKA_BROKERS: 'a:1, b:2',
    WEIR_KAFKA_SASL: JSON.stringify(sasl),
    WEIR_MQTT_URL: 'mqtt://u:p@broker:1883',
  })
  expect(rabbitmq).toMatchObject({
    amqp: 'amqp://rabbit:5672',
    management: 'http://rabbit:15672',
    prometheus: 'http://rabbit:15692',
    username: 'ad@min',
    password: 'p/w',
  })
  expect(kafka).toMatchObject({ bootstrap: ['a:1', 'b:2'], sasl })
  expect(mqtt).toMatchObject({ url: 'mqtt://broker:1883', username: 'u', password: 'p' })
})

test('a broker named by half is an error that says what is missing', () => {
  expect(() => externalBrokers({ WEIR_RABBITMQ_URL: 'amqp://a:b@c:1' })).toThrow(
    'WEIR_RABBITMQ_MANAGEMENT_URL',
  )
  expect(() => externalBrokers({ WEIR_KAFKA_BROKERS: 'a:1' })).toThrow('WEIR_KAFKA_SASL')
})

test('a foreign broker can be neither harmed nor stopped', async () => {
  const { mqtt } = externalBrokers({ WEIR_MQTT_URL: 'mqtt://u:p@broker:1883' })
  await mqtt?.stop()
  expect(() => mqtt?.pause()).toThrow("isn't ours")
})
