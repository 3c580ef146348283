import { request } from 'node:http'
import { AuditEntry, contract, ErrorBody, ErrorCode } from '@weir/contract'
import { BrokerRejectedError, BrokerTimeoutError, BrokerUnreachableError } from '@weir/drivers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instanceA, type MemoryWeir, startMemoryWeir, totals } from '../testing/memory-weir.ts'

let weir: MemoryWeir
beforeEach(async () => {
  weir = await startMemoryWeir()
  weir.driver.push('rabbitmq.totals', totals({ 'a/orders': 3, 'a/b%2Fc%25': 1, 'b/secret': 7 }))
})
afterEach(() => weir.close())

const purgePath = (name: string, vhost = 'a') =>
  `/api/v1/instances/${instanceA.id}/rabbitmq/queues/${encodeURIComponent(vhost)}/${encodeURIComponent(name)}/purge`

function post(path: string, origin: string | null = weir.url): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(origin !== null && { origin }) }
  return fetch(`${weir.url}${path}`, { method: 'POST', headers, body: '{}' })
}

async function audit(): Promise<AuditEntry[]> {
  const answer = await fetch(`${weir.url}/api/v1/audit`)
  return AuditEntry.array().parse(await answer.json())
}

async function errorOf(answer: Response): Promise<ErrorBody> {
  return ErrorBody.parse(await answer.json())
}

describe('who is answered', () => {
  it('refuses a foreign Host, before everything else', async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${weir.url}/healthz`, { headers: { host: 'weir.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.on('error', reject).end()
    })
    expect(answer).toBe(403)
  })

  it.each([
    ['a foreign Origin', 'https://evil.example'],
    ['Origin null', 'null'],
    ['no Origin', null],
  ])('refuses a change with %s', async (_what, origin) => {
    const answer = await post(purgePath('orders'), origin)
    expect([answer.status, (await errorOf(answer)).code]).toEqual([403, ErrorCode.originRefused])
    expect(weir.purges).toEqual([])
  })

  it('lets nobody frame it, and no foreign script run', async () => {
    const policy = (await fetch(`${weir.url}/healthz`)).headers.get('content-security-policy')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("script-src 'self'")
  })
})

describe('what is answered', () => {
  it('lists instances without a credential', async () => {
    const instances = await (await fetch(`${weir.url}/api/v1/instances`)).json()
    expect(instances).toHaveLength(3)
    const clusters = await (await fetch(`${weir.url}/api/v1/clusters`)).text()
    expect(clusters).toContain('cluster-1')
    expect(clusters).not.toContain('hush')
  })

  it('says every fault of an input at once, and where', async () => {
    const answer = await fetch(`${weir.url}/api/v1/audit?pageSize=0&colour=red`)
    const body = await errorOf(answer)
    expect([answer.status, body.code]).toEqual([400, ErrorCode.badRequest])
    expect(body.details).toHaveLength(2)
    expect(body.requestId).toBe(answer.headers.get('x-request-id'))
  })

  it('tells nothing of what is not there', async () => {
    const answer = await fetch(`${weir.url}/api/v1/instances/none/capabilities`)
    expect([answer.status, (await errorOf(answer)).code]).toEqual([404, ErrorCode.notFound])
    expect((await fetch(`${weir.url}/api/v1/nothing`)).status).toBe(404)
  })

  it('describes every procedure of the contract', async () => {
    const answer = await fetch(`${weir.url}/api/openapi.json`)
    const { paths } = (await answer.json()) as { paths: Record<string, object> }
    const described = Object.values(paths).flatMap((path) => Object.keys(path))
    const procedures = Object.values(contract).flatMap((area) => Object.keys(area))
    expect(described).toHaveLength(procedures.length)
  })

  it('tells its own metrics, and whether it is ready', async () => {
    expect(await (await fetch(`${weir.url}/metrics`)).text()).toContain('weir_live_sockets 0')
    expect((await fetch(`${weir.url}/readyz`)).status).toBe(200)
  })
})

describe('a purge', () => {
  it('reaches the broker, whatever the queue is called, and is written down', async () => {
    const answer = await post(purgePath('orders'))
    expect([answer.status, await answer.json()]).toEqual([200, { messagesReadyBefore: 3 }])
    expect((await post(purgePath('b/c%'))).status).toBe(200)
    expect(weir.purges).toEqual(['a/orders', 'a/b/c%'])
    expect(await audit()).toMatchObject([
      { target: 'queue b/c% in vhost a', result: 'done', before: { messagesReady: 1 } },
      {
        ...{ procedure: 'rabbitmq.purgeQueue', target: 'queue orders in vhost a', result: 'done' },
        ...{ actor: 'operator', instanceId: instanceA.id, tenantId: instanceA.tenantId },
      },
    ])
  })

  it('is seen at once, though nobody watches', async () => {
    // Once in vain, before there was anything to read.
    await expect.poll(() => weir.driver.reads('rabbitmq.totals')).toBe(2)
    await post(purgePath('orders'))
    // Idle, the next reading would be 15 s away.
    await expect.poll(() => weir.driver.reads('rabbitmq.totals')).toBe(3)
  })

  it('of another tenant’s queue is refused as if it were not there, and reaches nobody', async () => {
    const answer = await post(purgePath('secret', 'b'))
    expect([answer.status, (await errorOf(answer)).code]).toEqual([404, ErrorCode.notFound])
    expect(weir.purges).toEqual([])
    expect(await audit()).toEqual([])
  })

  it('that the broker refuses says so in the broker’s words, and is written down as failed', async () => {
    weir.refusePurges(
      new BrokerRejectedError('DELETE /api/queues/a/orders/contents answered 400', 'not supported'),
    )
    const answer = await post(purgePath('orders'))
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: ErrorCode.brokerRejected, reason: 'not supported' })
    expect(await audit()).toMatchObject([{ result: 'failed', code: ErrorCode.brokerRejected }])
  })

  it('of a broker that is away is 503, not a fault of ours', async () => {
    weir.refusePurges(new BrokerUnreachableError('DELETE /api/queues/a/orders/contents: connection refused'))
    const answer = await post(purgePath('orders'))
    expect([answer.status, (await errorOf(answer)).code]).toEqual([503, ErrorCode.brokerUnreachable])
  })

  it.each([
    ['of its own accord', new BrokerTimeoutError('DELETE /api/queues/a/orders/contents: no answer in time')],
    ['by our signal', new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
  ])('that nobody answered (given up %s) is 504, and its outcome is not known', async (_how, error) => {
    weir.refusePurges(error)
    const answer = await post(purgePath('orders'))
    expect([answer.status, (await errorOf(answer)).code]).toEqual([504, ErrorCode.brokerTimeout])
    expect(await audit()).toMatchObject([{ result: 'unknown', code: ErrorCode.brokerTimeout }])
  })
})
