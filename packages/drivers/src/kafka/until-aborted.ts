import { BrokerTimeoutError } from '../errors.ts'

/**
 * What the promise answers. As soon as the signal aborts, throws BrokerTimeoutError where its time was up, its reason
 * otherwise; what the promise does after that is nobody's concern.
 */
export async function untilAborted<T>(what: string, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  promise.catch(() => {})
  const { aborted, stop } = abortOf(signal)
  try {
    return await Promise.race([
      promise,
      aborted.then(() => {
        const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
        throw isLate ? new BrokerTimeoutError(`${what}: no answer in time`) : signal.reason
      }),
    ])
  } finally {
    stop()
  }
}

/** The values, until the signal aborts: then an end without an error, also amid a value that is being waited for. */
export async function* endingWith<T>(values: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = values[Symbol.asyncIterator]()
  const { aborted, stop } = abortOf(signal)
  try {
    while (!signal.aborted) {
      const next = iterator.next()
      next.catch(() => {}) // the race below passes it on; after an abort nobody wants it
      const result = await Promise.race([next, aborted])
      if (result === 'aborted' || result.done) return
      yield result.value
    }
  } finally {
    stop()
    iterator.return?.().catch(() => {})
  }
}

function abortOf(signal: AbortSignal): { aborted: Promise<'aborted'>; stop: () => void } {
  const { promise: aborted, resolve } = Promise.withResolvers<'aborted'>()
  const abort = () => resolve('aborted')
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return { aborted, stop: () => signal.removeEventListener('abort', abort) }
}
