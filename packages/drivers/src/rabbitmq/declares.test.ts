import { queueKey } from '@weir/contract'
import type { Channel } from 'amqplib'
import { describe, expect, it } from 'vitest'
import { createDemand } from '../testing/fixed-demand.ts'
import type { AmqpLink } from './amqp-link.ts'
import { watchDeclares } from './declares.ts'
import { createLinks, type Links } from './links.ts'
import type { QueueTotals } from './readings.ts'

/** Ready and consumers, or the code with which the broker closes the channel. */
type Answer = readonly [ready: number, consumers: number] | number

const target = { kind: 'rabbitmq', management: [], prometheus: [], username: 'u', password: 'p' } as const

describe('watchDeclares', () => {
  it('looks once at a classic queue, however empty', async () => {
    const { read, looks } = watching('classic', 'running', [[0, 0]])
    expect(await read()).toEqual({ messagesReady: 0, consumers: 0 })
    expect(looks()).toBe(1)
  })

  it('believes a quorum queue that it is empty only at the second look', async () => {
    const { read, looks } = watching('quorum', 'running', [
      [0, 0],
      [5, 1],
    ])
    expect(await read()).toEqual({ messagesReady: 5, consumers: 1 })
    expect(looks()).toBe(2)
  })

  it('looks once again while it stays empty', async () => {
    const { read, looks } = watching('quorum', 'running', [
      [0, 0],
      [0, 0],
      [0, 0],
    ])
    expect(await read()).toEqual({ messagesReady: 0, consumers: 0 })
    expect(await read()).toEqual({ messagesReady: 0, consumers: 0 })
    expect(looks()).toBe(3)
  })

  it.each(['minority', 'down'])(
    'tells nothing of a quorum queue in state %s that says it is empty',
    async (state) => {
      const { read } = watching('quorum', state, [
        [0, 0],
        [0, 0],
      ])
      expect(await read()).toBeUndefined()
    },
  )

  it('tells nothing of a quorum queue that took as long as one that seeks its leader', async () => {
    const { read } = watching(
      'quorum',
      'running',
      [
        [0, 0],
        [0, 0],
      ],
      210,
    )
    expect(await read()).toBeUndefined()
  })

  it.each([403, 404, 405])(
    'goes on with a new channel after a %i, and lets that queue rest',
    async (code) => {
      const { read, looks, channels } = watching('classic', 'running', [code, [7, 0]])
      expect(await read()).toBeUndefined()
      expect(await read('other')).toEqual({ messagesReady: 7, consumers: 0 })
      expect(await read()).toBeUndefined()
      expect(looks()).toBe(2)
      expect(channels()).toBe(2)
    },
  )

  it('says that there is no AMQP endpoint', async () => {
    const links = createLinks({ ...target, amqp: [] }, async (host) => host)
    const demand = createDemand({ keys: [queueKey('v', 'q')] })
    const watch = watchDeclares(links, demand, new AbortController().signal)
    const { value } = await watch[Symbol.asyncIterator]().next()
    expect(value).toMatchObject({ completeness: { complete: false }, cost: { requests: 0 } })
    expect(value?.data.size).toBe(0)
  })
})

/** A watch of the queues `q` and `other`, of one type and state, whose looks are answered in this order. */
function watching(type: string, state: string, answers: readonly Answer[], tookMs = 0) {
  const left = [...answers]
  let channels = 0
  const spare: Channel[] = []
  const openChannel = (): Channel => {
    channels += 1
    const channel = {
      async checkQueue(queue: string) {
        if (tookMs > 0) await new Promise((resolve) => setTimeout(resolve, tookMs))
        const answer = left.shift()
        if (answer === undefined) throw new Error('one look more than the test knows of')
        if (typeof answer === 'number')
          throw Object.assign(new Error('closed by the server'), { code: answer })
        return { queue, messageCount: answer[0], consumerCount: answer[1] }
      },
    }
    return channel as unknown as Channel // the one call of a channel that a look makes
  }
  const link: AmqpLink = {
    takeChannel: async () => spare.pop() ?? openChannel(),
    giveBack: (channel) => spare.push(channel),
    ended: false,
    close: async () => {},
    destroy: () => {},
  }
  const links: Links = {
    ...createLinks({ ...target, amqp: ['amqp://broker.test'] }, async (host) => host),
    amqp: { available: true, of: async () => link, close: async () => {} },
    lastTotals: new Map(['q', 'other'].map((name) => [queueKey('v', name), row(name, type, state)])),
  }
  const demand = createDemand({ cadenceMs: 0, keys: [queueKey('v', 'q')] })
  const watch = watchDeclares(links, demand, new AbortController().signal)
  const readings = watch[Symbol.asyncIterator]()
  return {
    looks: () => answers.length - left.length,
    channels: () => channels,
    /** What the next reading says of one queue. */
    async read(name = 'q') {
      const key = queueKey('v', name)
      demand.set({ keys: [key] })
      const told = (await readings.next()).value.data.get(key)
      if (told === undefined) return undefined
      return { messagesReady: told.messagesReady, consumers: told.consumers }
    },
  }
}

function row(name: string, type: string, state: string): QueueTotals {
  return {
    ...{ vhost: 'v', name, type, state, durable: true, autoDelete: false, exclusive: false, policy: null },
    ...{ arguments: {}, messages: 0, messagesReady: 0, messagesUnacknowledged: 0 },
  }
}
