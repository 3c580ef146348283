import type { Channel } from 'amqplib'
import { BrokerError, BrokerTimeoutError, BrokerUnreachableError } from '../errors.ts'
import type { AmqpLink } from './amqp-link.ts'
import type { Asking } from './asking.ts'

/** amqplib has one call under way per channel; several hide the distance to the broker. */
const CHANNELS = 4
const NAMES_PER_CHANNEL = 25
const ANSWER_WITHIN_MS = 2_500

/** A passive declare closes the channel: the queue is missing (404), another connection's own (405), or not ours (403). */
const REFUSALS: readonly unknown[] = [403, 404, 405]

export interface Look {
  readonly messagesReady: number
  readonly consumers: number
  readonly tookMs: number
}

/** Looks at one queue as often as it likes; null: missing or refused. */
export type Looker = (name: string) => Promise<Look | null>

/**
 * Calls `visit` for each name, a few at a time, with a way to look at queues over AMQP.
 * Throws: BrokerTimeoutError (the connection is then given up), BrokerUnreachableError.
 */
export async function lookAtQueues(
  link: AmqpLink,
  names: readonly string[],
  asking: Asking,
  visit: (name: string, look: Looker) => Promise<void>,
): Promise<void> {
  const left = [...names].reverse()
  const workers = Math.min(CHANNELS, Math.ceil(names.length / NAMES_PER_CHANNEL))
  const work = async () => {
    const looking = new LookingChannel(link, asking)
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      await visit(name, (name) => looking.look(name))
    }
    looking.giveBack()
  }
  await Promise.all(Array.from({ length: workers }, work))
}

class LookingChannel {
  readonly #link: AmqpLink
  readonly #asking: Asking
  #channel: Channel | null = null

  constructor(link: AmqpLink, asking: Asking) {
    this.#link = link
    this.#asking = asking
  }

  async look(name: string): Promise<Look | null> {
    const startedAt = performance.now()
    try {
      this.#channel ??= await this.#inTime(this.#link.takeChannel())
      this.#asking.requests += 1
      const { messageCount, consumerCount } = await this.#inTime(this.#channel.checkQueue(name))
      return { messagesReady: messageCount, consumers: consumerCount, tookMs: performance.now() - startedAt }
    } catch (error) {
      this.#channel = null
      if (error instanceof BrokerError) throw error
      if (error instanceof Error && 'code' in error && REFUSALS.includes(error.code)) return null
      throw new BrokerUnreachableError('the AMQP connection ended during passive declares', { cause: error })
    }
  }

  giveBack(): void {
    if (this.#channel !== null) this.#link.giveBack(this.#channel)
  }

  async #inTime<T>(answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new BrokerTimeoutError(`a passive declare was not answered within ${ANSWER_WITHIN_MS} ms`))
        this.#link.destroy()
      }, ANSWER_WITHIN_MS)
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
