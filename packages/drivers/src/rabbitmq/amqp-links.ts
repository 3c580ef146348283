import type { AddressOf, RabbitmqTarget } from '../driver.ts'
import { BrokerTimeoutError, BrokerUnreachableError } from '../errors.ts'
import { type AmqpLink, openLink } from './amqp-link.ts'

const IDLE_AFTER_MS = 30_000

/** Connections by vhost, each opened when it is first needed and closed when it wasn't for 30 s. */
export class AmqpLinks {
  readonly #target: RabbitmqTarget
  readonly #addressOf: AddressOf
  readonly #links = new Map<string, Promise<AmqpLink>>()
  readonly #idle = new Map<string, NodeJS.Timeout>()
  #closed = false

  constructor(target: RabbitmqTarget, addressOf: AddressOf) {
    this.#target = target
    this.#addressOf = addressOf
  }

  get available(): boolean {
    return this.#target.amqp.length > 0
  }

  /** Throws: BrokerAuthError, BrokerForbiddenError (the vhost), BrokerUnreachableError, BrokerTimeoutError. */
  async of(vhost: string): Promise<AmqpLink> {
    if (this.#closed) throw new BrokerUnreachableError('the driver is closed')
    this.#putOffClosing(vhost)
    const known = this.#links.get(vhost)
    if (known !== undefined) {
      const link = await known
      if (!link.ended) return link
      // Unless another reading has replaced it meanwhile.
      if (this.#links.get(vhost) === known) this.#links.delete(vhost)
      return this.of(vhost)
    }
    const opening = this.#open(vhost)
    this.#links.set(vhost, opening)
    opening.catch(() => this.#links.delete(vhost))
    return opening
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#idle.values()) clearTimeout(timer)
    await Promise.all([...this.#links.keys()].map((vhost) => this.#closeLink(vhost)))
  }

  #putOffClosing(vhost: string): void {
    clearTimeout(this.#idle.get(vhost))
    const timer = setTimeout(() => {
      this.#idle.delete(vhost)
      void this.#closeLink(vhost)
    }, IDLE_AFTER_MS)
    timer.unref()
    this.#idle.set(vhost, timer)
  }

  async #closeLink(vhost: string): Promise<void> {
    const link = this.#links.get(vhost)
    this.#links.delete(vhost)
    try {
      await (await link)?.close()
    } catch {
      // It could not be opened: nothing to close, and who asked for it was told.
    }
  }

  async #open(vhost: string): Promise<AmqpLink> {
    let fault: unknown = new BrokerUnreachableError('no AMQP endpoint is configured')
    for (const url of this.#target.amqp) {
      try {
        return await openLink(url, vhost, this.#target, this.#addressOf)
      } catch (error) {
        if (!(error instanceof BrokerUnreachableError || error instanceof BrokerTimeoutError)) throw error
        fault = error
      }
    }
    throw fault
  }
}
