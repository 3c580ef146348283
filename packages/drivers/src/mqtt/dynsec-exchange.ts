import { randomBytes, randomUUID } from 'node:crypto'
import type { MqttClient } from 'mqtt'
import { z } from 'zod'
import {
  BrokerForbiddenError,
  BrokerRejectedError,
  BrokerResponseError,
  BrokerTimeoutError,
} from '../errors.ts'
import type { BrokerConnector } from './connect-broker.ts'

const REQUEST = '$CONTROL/dynamic-security/v1'
const RESPONSE = '$CONTROL/dynamic-security/v1/response'
const ANSWERED_WITHIN_MS = 2_000

export type DynsecCommand = { readonly command: string } & Readonly<Record<string, unknown>>

const Answers = z.object({
  responses: z.array(
    z.object({
      command: z.string(),
      correlationData: z.string().optional(),
      error: z.string().optional(),
      data: z.unknown().optional(),
    }),
  ),
})

/**
 * Sends one command to Mosquitto's dynamic security plugin, on a connection of its own, and answers the `data` of its
 * response.
 * Throws: BrokerForbiddenError where these credentials may not; BrokerTimeoutError where nothing answers, which is also
 * what a broker without the plugin does, and one whose answer these credentials may not read (the command has then run);
 * BrokerRejectedError with the plugin's own words; and whatever connecting throws.
 */
export async function dynsecExchange(
  connector: BrokerConnector,
  command: DynsecCommand,
  signal: AbortSignal,
): Promise<unknown> {
  const { client, endpoint } = await connector.connect(`weir-${randomBytes(8).toString('hex')}`, signal)
  const correlationData = randomUUID()
  try {
    const answer = answerOf(client, correlationData, endpoint.name)
    answer.catch(() => {}) // awaited below, unless sending fails first
    await client.subscribeAsync(RESPONSE, { qos: 1 }).catch(forbidden(`subscribe to ${RESPONSE}`))
    const request = JSON.stringify({ commands: [{ ...command, correlationData }] })
    await client.publishAsync(REQUEST, request, { qos: 1 }).catch(forbidden(`publish to ${REQUEST}`))
    return await answer
  } finally {
    client.end()
  }
}

function forbidden(what: string): (cause: unknown) => never {
  return (cause) => {
    throw new BrokerForbiddenError(`these credentials may not ${what}`, { cause })
  }
}

/** The response topic is a broadcast: others' answers pass by on it. */
function answerOf(client: MqttClient, correlationData: string, name: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const timer = setTimeout(() => {
    reject(
      new BrokerTimeoutError(`dynamic security on "${name}" didn't answer within ${ANSWERED_WITHIN_MS} ms`),
    )
  }, ANSWERED_WITHIN_MS)
  client.on('message', (_topic, payload) => {
    const answers = Answers.safeParse(parseJson(payload.toString('utf8')))
    if (!answers.success) {
      return reject(
        new BrokerResponseError(`dynamic security on "${name}" answered ${answers.error.message}`),
      )
    }
    const own = answers.data.responses.find((response) => response.correlationData === correlationData)
    if (own === undefined) return
    if (own.error === undefined) resolve(own.data)
    else reject(new BrokerRejectedError(`${own.command} on "${name}" was refused: ${own.error}`, own.error))
  })
  return promise.finally(() => clearTimeout(timer))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // not what the schema wants, and told as that
  }
}
