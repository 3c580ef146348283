import { setImmediate as nextTurn } from 'node:timers/promises'
import type { z } from 'zod'
import type { AddressOf, TlsOptions } from '../driver.ts'
import { BrokerResponseError, BrokerTimeoutError, BrokerUnreachableError } from '../errors.ts'
import { answerError } from './answer-error.ts'
import type { Asking } from './asking.ts'
import { createEndpoint, type Endpoint, exchange, type HttpAnswer } from './http-exchange.ts'

const TIMEOUT_MS = 2_500
/** For all endpoints together, so that a broker that hangs is told within 5 s. */
const PATIENCE_MS = 4_500
/** Rows that are checked without letting others have the event loop: about 2 ms. */
const ROWS_PER_TURN = 1_000

/**
 * JSON over HTTP to the first of several endpoints that answers; it serves until it fails.
 * Throws: any BrokerError. Unreachable, timed out and 502–504 try the next endpoint first.
 */
export class ManagementClient {
  readonly #endpoints: readonly Endpoint[]
  readonly #headers: Readonly<Record<string, string>>
  #serving = 0

  constructor(options: {
    urls: readonly string[]
    /** null: no login is sent. */
    login: { username: string; password: string } | null
    addressOf: AddressOf
    tls: TlsOptions | undefined
  }) {
    const { urls, login, addressOf, tls } = options
    this.#endpoints = urls.map((url) => createEndpoint(url, addressOf, tls))
    this.#headers = login === null ? {} : { authorization: basic(login) }
  }

  /** `timeoutMs` 2,500 unless said otherwise. */
  async get<T>(asking: Asking, path: string, schema: z.ZodType<T>, timeoutMs?: number): Promise<T> {
    return parse(schema, json(await this.text(asking, path, timeoutMs), path), path)
  }

  /** An array of many rows, checked a thousand at a time; `take` gets each. */
  async rows<T>(
    asking: Asking,
    path: string,
    schema: z.ZodType<T>,
    take: (row: T) => void,
    timeoutMs?: number,
  ): Promise<void> {
    const rows = json(await this.text(asking, path, timeoutMs), path)
    if (!Array.isArray(rows)) throw new BrokerResponseError(`GET ${path} answered something else than a list`)
    for (let start = 0; start < rows.length; start += ROWS_PER_TURN) {
      if (start > 0) await nextTurn()
      for (const row of rows.slice(start, start + ROWS_PER_TURN)) take(parse(schema, row, path))
    }
  }

  async text(asking: Asking, path: string, timeoutMs = TIMEOUT_MS): Promise<string> {
    return (await this.#ask(asking, 'GET', path, timeoutMs)).body
  }

  async delete(asking: Asking, path: string, timeoutMs = TIMEOUT_MS): Promise<void> {
    await this.#ask(asking, 'DELETE', path, timeoutMs)
  }

  close(): void {
    for (const { agent } of this.#endpoints) agent.destroy()
  }

  async #ask(asking: Asking, method: 'GET' | 'DELETE', path: string, timeoutMs: number): Promise<HttpAnswer> {
    const deadline = performance.now() + PATIENCE_MS
    let fault: unknown = new BrokerUnreachableError('no management endpoint is configured')
    for (let turn = 0; turn < this.#endpoints.length; turn += 1) {
      const leftMs = Math.min(timeoutMs, deadline - performance.now())
      const index = this.#serving
      const endpoint = this.#endpoints[index]
      if (endpoint === undefined || leftMs <= 0) break
      try {
        asking.requests += 1
        return await this.#askOne(endpoint, method, path, leftMs, asking.signal)
      } catch (error) {
        if (!(error instanceof BrokerUnreachableError || error instanceof BrokerTimeoutError)) throw error
        fault = error
        // Unless another request, failing beside this one, has moved on already.
        if (this.#serving === index) this.#serving = (index + 1) % this.#endpoints.length
      }
    }
    throw fault
  }

  async #askOne(
    endpoint: Endpoint,
    method: 'GET' | 'DELETE',
    path: string,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const answer = await exchange(endpoint, { method, path, headers: this.#headers, timeoutMs, signal })
    if (answer.status >= 200 && answer.status < 300) return answer
    throw answerError(`${method} ${path} at ${endpoint.name}`, answer)
  }
}

function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function json(body: string, path: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new BrokerResponseError(`GET ${path} answered no JSON`, { cause })
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value, { jitless: true })
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where =
    issue === undefined ? 'something' : `${issue.path.join('.') || 'the whole'} (${issue.message})`
  throw new BrokerResponseError(`GET ${path} answered unexpectedly: ${where}`)
}
