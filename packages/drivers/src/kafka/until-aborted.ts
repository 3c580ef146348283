import { BrokerTimeoutError } from '../errors.ts'

/**
 * What the promise answers. As soon as the signal aborts, throws BrokerTimeoutError where its time was up, its reason
 * otherwise; what the promise does after that is nobody's concern.
 */
export async function untilAborted<T>(what: string, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const outcome = await orAborted(
    promise.then((value) => ({ value })),
    signal,
  )
  if (outcome !== 'aborted') return outcome.value
  const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
  throw isLate ? new BrokerTimeoutError(`${what}: no answer in time`) : signal.reason
}

/** The values, until the signal aborts: then an end without an error, also amid a value that is being waited for. */
export async function* endingWith<T>(values: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = values[Symbol.asyncIterator]()
  try {
    while (!signal.aborted) {
      const result = await orAborted(iterator.next(), signal)
      if (result === 'aborted' || result.done) return
      yield result.value
    }
  } finally {
    iterator.return?.().catch(() => {}) // it has ended, one way or the other
  }
}

/** Listens for one promise at a time: a race with one that lives as long as the watch would keep every loser. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | 'aborted'> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve('aborted')
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
