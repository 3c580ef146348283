import { describe, expect, it } from 'vitest'
import { apiErrorOf, createApi, queries } from './api.ts'
import { isWorthRetrying } from './query-client.ts'

const tenant = { id: 't1', slug: 'aurora', name: 'Aurora' }

function apiAnswering(status: number, body: unknown) {
  const asked: string[] = []
  const api = createApi('http://weir.test', async (request) => {
    asked.push(`${request.method} ${request.url}`)
    return Response.json(body, { status })
  })
  return { api, asked }
}

async function failureOf(call: Promise<unknown>) {
  return call.then(
    () => expect.fail('it went well'),
    (error: unknown) => error,
  )
}

describe('api', () => {
  it('asks where the contract says and answers what came', async () => {
    const { api, asked } = apiAnswering(200, [tenant])
    expect(await api.tenants.list()).toEqual([tenant])
    expect(asked).toEqual(['GET http://weir.test/api/v1/tenants'])
  })

  it('refuses an answer that is not what the contract says', async () => {
    const { api } = apiAnswering(200, [{ id: 't1' }])
    const error = apiErrorOf(await failureOf(api.tenants.list()))
    expect(error).toMatchObject({ code: 'INTERNAL', status: 0, requestId: null })
  })

  it("tells the server's refusal in the server's words", async () => {
    const body = {
      code: 'BAD_REQUEST',
      message: 'two faults',
      requestId: 'r1',
      details: [{ path: 'name', message: 'too long' }],
    }
    const { api } = apiAnswering(400, body)
    const failure = await failureOf(api.instances.list())
    expect(apiErrorOf(failure)).toEqual({ ...body, status: 400, reason: null })
    expect(isWorthRetrying(failure)).toBe(false)
  })

  it('keeps the status of an answer from something else on the way', async () => {
    const { api } = apiAnswering(502, { oops: true })
    const failure = await failureOf(api.instances.list())
    expect(apiErrorOf(failure)).toMatchObject({ code: 'INTERNAL', status: 502, requestId: null, details: [] })
    expect(isWorthRetrying(failure)).toBe(true)
  })

  it('says when nothing answered', async () => {
    const api = createApi('http://weir.test', () => Promise.reject(new TypeError('Failed to fetch')))
    const failure = await failureOf(api.clusters.list())
    expect(apiErrorOf(failure)).toMatchObject({
      code: 'INTERNAL',
      status: 0,
      message: expect.stringContaining('Failed to fetch'),
    })
    expect(isWorthRetrying(failure)).toBe(true)
  })

  it('makes the keys of queries', () => {
    expect(queries.instances.list.queryOptions().queryKey).toEqual(queries.instances.list.queryKey())
    expect(queries.instances.list.queryKey()).not.toEqual(queries.tenants.list.queryKey())
  })
})
