import { describe, expect, it } from 'vitest'
import { answerError } from './answer-error.ts'

const errorOf = (status: number, body: unknown) =>
  answerError('GET /api/x at broker:15672', {
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('answerError', () => {
  it.each([
    [401, { error: 'not_authorized', reason: 'Login failed' }, 'BROKER_AUTH'],
    [401, { error: 'not_authorized', reason: 'Not_Authorized' }, 'BROKER_AUTH'],
    [401, '<html>proxy login</html>', 'BROKER_AUTH'],
    [401, { error: 'not_authorised', reason: 'Access refused.' }, 'BROKER_FORBIDDEN'],
    [401, { error: 'not_authorised', reason: 'Not monitor user' }, 'BROKER_FORBIDDEN'],
    [403, '', 'BROKER_FORBIDDEN'],
    [404, { error: 'Object Not Found', reason: 'Not Found' }, 'BROKER_NOT_FOUND'],
    [400, { error: 'bad_request', reason: '540 NOT_IMPLEMENTED' }, 'BROKER_REJECTED'],
    [412, { error: 'precondition_failed', reason: 'protected' }, 'BROKER_REJECTED'],
    [503, '', 'BROKER_UNREACHABLE'],
    [504, '', 'BROKER_TIMEOUT'],
    [500, { error: 'internal_error', reason: 'oops' }, 'BROKER_RESPONSE'],
    [302, '', 'BROKER_RESPONSE'],
  ])('%i %j is %s', (status, body, code) => {
    expect(errorOf(status, body).code).toBe(code)
  })

  it("carries the broker's own words, also where they are no text", () => {
    expect(errorOf(400, { error: 'bad_request', reason: 'not empty' })).toMatchObject({ reason: 'not empty' })
    expect(errorOf(400, { error: 'bad_request', reason: ['durable', 'maybe'] })).toMatchObject({
      reason: '["durable","maybe"]',
    })
  })
})
