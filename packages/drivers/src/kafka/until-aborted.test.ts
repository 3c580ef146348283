import { describe, expect, it } from 'vitest'
import { BrokerTimeoutError } from '../errors.ts'
import { endingWith, untilAborted } from './until-aborted.ts'

const never = new Promise<never>(() => {})

describe('untilAborted', () => {
  it('answers what the promise does while nothing aborts', async () => {
    const { signal } = new AbortController()
    await expect(untilAborted('it', Promise.resolve(5), signal)).resolves.toBe(5)
    await expect(untilAborted('it', Promise.reject(new Error('no')), signal)).rejects.toThrow('no')
  })

  it('tells a time that is up from somebody who gave up', async () => {
    await expect(untilAborted('it', never, AbortSignal.timeout(1))).rejects.toBeInstanceOf(BrokerTimeoutError)
    await expect(untilAborted('it', never, AbortSignal.abort('gone'))).rejects.toBe('gone')
  })
})

describe('endingWith', () => {
  async function* failingLate(fail: Promise<never>) {
    yield 1
    await fail
  }

  it('passes values and errors on', async () => {
    const values = endingWith(failingLate(Promise.reject(new Error('no'))), new AbortController().signal)
    expect(await values.next()).toEqual({ done: false, value: 1 })
    await expect(values.next()).rejects.toThrow('no')
  })

  it('ends amid a value that is waited for, and swallows what comes of it later', async () => {
    const stop = new AbortController()
    const { promise, reject } = Promise.withResolvers<never>()
    const values = endingWith(failingLate(promise), stop.signal)
    await values.next()
    const next = values.next()
    stop.abort()
    expect((await next).done).toBe(true)
    reject(new Error('too late')) // an unhandled rejection would fail this run
    await new Promise(setImmediate)
  })

  it('leaves no listener behind for the values that came', async () => {
    const stop = new AbortController()
    let listeners = 0
    const { signal } = stop
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1
      add(...args)
    }
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1
      remove(...args)
    }
    async function* many() {
      for (let i = 0; i < 100; i++) yield i
    }
    let seen = 0
    for await (const _ of endingWith(many(), signal)) seen += 1
    expect(seen).toBe(100)
    await new Promise(setImmediate)
    expect(listeners).toBe(0)
  })
})
