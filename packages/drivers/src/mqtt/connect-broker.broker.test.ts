import { afterEach, describe, expect, it } from 'vitest'
import { BrokerUnreachableError } from '../errors.ts'
import { closedPort, firstReading, fixedDemand } from '../testing/index.ts'
import { createMqttDriver, type MqttDriver } from './mqtt-driver.ts'
import { accept3, type Script, type ScriptedBroker, startScriptedBroker } from './testing/scripted-broker.ts'

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function scripted(script: Script): Promise<ScriptedBroker> {
  const broker = await startScriptedBroker(script)
  undo.push(() => broker.close())
  return broker
}

function driverFor(urls: string[], addressOf = async (host: string) => host): MqttDriver {
  const driver = createMqttDriver({ kind: 'mqtt', urls, username: 'joe', password: 'secret' }, addressOf)
  undo.push(() => driver.close())
  return driver
}

const urlOf = ({ port }: ScriptedBroker) => `mqtt://127.0.0.1:${port}`
const sysOf = (driver: MqttDriver) => firstReading(driver, 'mqtt.sys', fixedDemand())

describe('the version of the protocol', () => {
  it.each<[string, Script['connack']]>([
    ['answers 132, as aedes', (level) => (level === 5 ? Buffer.from([0x20, 2, 0, 132]) : accept3())],
    ['answers 1, as MQTT 3.1.1 has it', (level) => (level === 5 ? Buffer.from([0x20, 2, 0, 1]) : accept3())],
    ['closes the connection, as RabbitMQ 3', (level) => (level === 5 ? 'close' : accept3())],
  ])('is 3.1.1 where MQTT 5 is refused: the broker %s', async (_, connack) => {
    const broker = await scripted({ connack })
    const driver = driverFor([urlOf(broker)])
    await sysOf(driver)
    expect(broker.levels).toEqual([5, 4])
    const { features } = await driver.capabilities(AbortSignal.timeout(10_000))
    expect(features.mqtt5).toMatchObject({ available: false })
  })

  it('is 3.1.1 at the next attempt where MQTT 5 is left unanswered', async () => {
    const broker = await scripted({ connack: (level) => (level === 5 ? null : accept3()) })
    const driver = driverFor([urlOf(broker)])
    await expect(sysOf(driver)).rejects.toMatchObject({ code: 'BROKER_TIMEOUT' })
    await sysOf(driver)
    expect(broker.levels).toEqual([5, 4])
  })

  it('is not tried lower where the login is what is refused', async () => {
    const broker = await scripted({ connack: () => Buffer.from([0x20, 3, 0, 134, 0]) })
    await expect(sysOf(driverFor([urlOf(broker)]))).rejects.toMatchObject({ code: 'BROKER_AUTH' })
    expect(broker.levels).toEqual([5])
  })
})

it('says that $SYS may not be read where the subscription is refused', async () => {
  const broker = await scripted({ connack: (level) => (level === 5 ? 'close' : accept3()), granted: 128 })
  const { data, completeness } = await sysOf(driverFor([urlOf(broker)]))
  expect(data.values.size).toBe(0)
  expect(completeness).toMatchObject({ complete: false, note: expect.stringContaining('may not subscribe') })
})

it('gives up on a subscription that is never answered, though the broker lives', async () => {
  const broker = await scripted({ connack: (level) => (level === 5 ? 'close' : accept3()), granted: null })
  await expect(sysOf(driverFor([urlOf(broker)]))).rejects.toMatchObject({ code: 'BROKER_TIMEOUT' })
})

describe('the address', () => {
  it('is what the guard answers, asked anew for each attempt', async () => {
    const broker = await scripted({ connack: (level) => (level === 5 ? 'close' : accept3()) })
    const asked: string[] = []
    const driver = driverFor([`mqtt://broker.invalid:${broker.port}`], async (host) => {
      asked.push(host)
      return '127.0.0.1'
    })
    await sysOf(driver)
    expect(asked).toEqual(['broker.invalid', 'broker.invalid'])
  })

  it('is not connected to where the guard refuses it', async () => {
    const broker = await scripted({ connack: accept3 })
    const refuse = async () => {
      throw new Error('a private address')
    }
    await expect(sysOf(driverFor([urlOf(broker)], refuse))).rejects.toBeInstanceOf(BrokerUnreachableError)
    expect(broker.levels).toEqual([])
  })

  it('is the first of several that answers', async () => {
    const broker = await scripted({ connack: (level) => (level === 5 ? 'close' : accept3()) })
    await sysOf(driverFor([`mqtt://127.0.0.1:${await closedPort()}`, urlOf(broker)]))
    expect(broker.levels).toEqual([5, 4])
  })

  it('is none where the target has none', async () => {
    await expect(sysOf(driverFor([]))).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' })
  })
})
