import { describe, expect, it } from 'vitest'
import { BrokerTimeoutError } from '../errors.ts'
import type { QueueDeclared, QueueTotals } from '../rabbitmq/readings.ts'
import { describeDriver, fixedDemand, within } from '../testing/index.ts'
import { createMemoryDriver } from './memory-driver.ts'

const orders: QueueTotals = {
  vhost: '/',
  name: 'orders',
  type: 'classic',
  state: 'running',
  durable: true,
  autoDelete: false,
  exclusive: false,
  policy: null,
  arguments: {},
  messages: 5,
  messagesReady: 3,
  messagesUnacknowledged: 2,
}
const noDeclares = new Map<string, QueueDeclared>()

describeDriver('memory', () => ({
  sources: [{ source: 'rabbitmq.totals' }, { source: 'rabbitmq.declares' }],
  secrets: [],
  connect: () =>
    createMemoryDriver({
      kind: 'rabbitmq',
      script: {
        'rabbitmq.totals': new Map([['%2F/orders', orders]]),
        'rabbitmq.declares': noDeclares,
      },
    }),
  dispose: async () => {},
}))

describe('memory driver', () => {
  const unaborted = () => new AbortController().signal
  const never = fixedDemand({ cadenceMs: 600_000 })

  it('reads a push at once, whatever the cadence, and counts every read', async () => {
    const driver = createMemoryDriver({ kind: 'rabbitmq' })
    const watch = driver.watch('rabbitmq.totals', never, unaborted())[Symbol.asyncIterator]()
    for (const messages of [5, 7]) {
      const next = watch.next()
      driver.push('rabbitmq.totals', new Map([['%2F/orders', { ...orders, messages }]]), {
        observedAt: 1_000,
      })
      const { value } = await within(1_000, 'the push', next)
      expect(value.data.get('%2F/orders')?.messages).toBe(messages)
      expect(value.observedAt).toBe(1_000)
    }
    // One read found nothing yet; two found the pushes.
    expect(driver.reads('rabbitmq.totals')).toBe(3)
    expect(driver.wanted('rabbitmq.totals')).toEqual(never.current())
    expect(driver.watches('rabbitmq.totals')).toBe(1)
    await driver.close()
    expect((await watch.next()).done).toBe(true)
    expect(driver.watches('rabbitmq.totals')).toBe(0)
  })

  it('throws what it is told to, hangs when told to, and answers again', async () => {
    const driver = createMemoryDriver({ kind: 'rabbitmq', script: { 'rabbitmq.declares': noDeclares } })
    const failing = driver
      .watch('rabbitmq.declares', never, new AbortController().signal)
      [Symbol.asyncIterator]()
    await failing.next()
    const failed = failing.next()
    driver.fail('rabbitmq.declares', new BrokerTimeoutError('declares on "memory" did not answer'))
    await expect(failed).rejects.toMatchObject({ code: 'BROKER_TIMEOUT' })

    driver.hang('rabbitmq.declares')
    const again = driver
      .watch('rabbitmq.declares', never, new AbortController().signal)
      [Symbol.asyncIterator]()
    let answered = false
    const next = again.next().finally(() => {
      answered = true
    })
    await new Promise(setImmediate)
    expect(answered).toBe(false)
    driver.push('rabbitmq.declares', noDeclares)
    expect((await within(1_000, 'the answer', next)).value?.data).toBe(noDeclares)
    await driver.close()
  })
})
