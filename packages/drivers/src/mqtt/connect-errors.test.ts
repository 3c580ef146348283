import { ErrorWithReasonCode } from 'mqtt'
import { expect, it } from 'vitest'
import { brokenSocket, closedUnanswered, notAnswered, refusedConnect } from './connect-errors.ts'

it.each([
  [4, 'BROKER_AUTH', false],
  [5, 'BROKER_AUTH', false],
  [134, 'BROKER_AUTH', false],
  [135, 'BROKER_AUTH', false],
  [138, 'BROKER_AUTH', false],
  [3, 'BROKER_UNREACHABLE', false],
  [136, 'BROKER_UNREACHABLE', false],
  [137, 'BROKER_UNREACHABLE', false],
  [1, 'BROKER_REJECTED', true],
  [132, 'BROKER_REJECTED', true],
  [133, 'BROKER_REJECTED', false],
])('reason code %i is %s', (code, expected, versionRefused) => {
  const failure = refusedConnect(new ErrorWithReasonCode('Connection refused', code), 'mqtt://b:1')
  expect(failure.error.code).toBe(expected)
  expect(failure.error.retryable).toBe(expected === 'BROKER_UNREACHABLE')
  expect(failure.error.message).toContain('mqtt://b:1')
  expect(failure.versionRefused).toBe(versionRefused)
})

it('tells a broker that hangs from one that is away', () => {
  expect(notAnswered('b', true, 4_500).error.code).toBe('BROKER_TIMEOUT')
  expect(notAnswered('b', false, 4_500).error.code).toBe('BROKER_UNREACHABLE')
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  expect(brokenSocket(refused, 'b').error).toMatchObject({ code: 'BROKER_UNREACHABLE', cause: refused })
})

it('lets another version be tried where CONNECT was answered by closing, as RabbitMQ 3 does on MQTT 5', () => {
  expect(closedUnanswered('b').versionRefused).toBe(true)
})
