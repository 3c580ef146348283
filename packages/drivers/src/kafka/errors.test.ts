import {
  AuthenticationError,
  NetworkError,
  ResponseError,
  TimeoutError,
  UserError,
} from '@platformatic/kafka'
import { describe, expect, it } from 'vitest'
import { BrokerForbiddenError } from '../errors.ts'
import { brokerErrorOf } from './errors.ts'

const SASL_AUTHENTICATE = 36
const refused = (code: number) => new ResponseError(SASL_AUTHENTICATE, 2, { '/': [code, 'no'] }, {})
const codeOf = (error: unknown) => brokerErrorOf(error, 'Metadata on kafka:9092').code

describe('brokerErrorOf', () => {
  it('finds a refused sign-in however deep it stands', () => {
    const refusal = new AuthenticationError('SASL authentication failed.', { cause: refused(58) })
    expect(codeOf(new NetworkError('Connection to kafka:9092 failed.', { cause: refusal }))).toBe(
      'BROKER_AUTH',
    )
    expect(codeOf(new NetworkError('failed', { cause: refused(33) }))).toBe('BROKER_AUTH')
  })

  it("doesn't take a broker that hangs for one that refuses", () => {
    const cause = new AuthenticationError('Cannot find a suitable SASL mechanism.', {
      cause: new NetworkError('Connection closed'),
    })
    expect(codeOf(new NetworkError('failed', { cause }))).toBe('BROKER_UNREACHABLE')
    expect(codeOf(new NetworkError('failed', { cause: new TimeoutError('Request timed out') }))).toBe(
      'BROKER_TIMEOUT',
    )
    expect(codeOf(new TimeoutError('Connection to kafka:9092 timed out.'))).toBe('BROKER_TIMEOUT')
  })

  it('tells a closed port and a bad certificate as unreachable, with the reason', () => {
    for (const code of ['ECONNREFUSED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ENOTFOUND']) {
      const cause = Object.assign(new Error('system'), { code })
      const error = brokerErrorOf(new NetworkError('failed', { cause }), 'connecting to kafka:9092')
      expect(error).toMatchObject({ code: 'BROKER_UNREACHABLE', retryable: true })
      expect(error.message).toBe(`connecting to kafka:9092: ${code}`)
    }
  })

  it('tells a denied request, a refused one, and one that nobody understands', () => {
    expect(codeOf(refused(31))).toBe('BROKER_FORBIDDEN')
    expect(codeOf(refused(17))).toBe('BROKER_REJECTED')
    expect(codeOf(new UserError('Broker requires TLS.'))).toBe('BROKER_RESPONSE')
    expect(codeOf('not even an error')).toBe('BROKER_RESPONSE')
  })

  it('leaves what is a BrokerError as it is', () => {
    const error = new BrokerForbiddenError('that address may not be connected to')
    expect(brokerErrorOf(error, 'whatever')).toBe(error)
  })
})
