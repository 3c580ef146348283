import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts'

const server = createServer((request, response) => {
  response.writeHead(request.url === '/no' ? 404 : 200, { 'x-from': 'behind' }).end('0123456789')
})
let proxy: CountingProxy

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy = await startCountingProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(async () => {
  await proxy.close()
  server.close()
})

it('changes nothing, and notes every path with the size of its answer', async () => {
  const answer = await fetch(`${proxy.url}/api?a=1`)
  expect([answer.status, answer.headers.get('x-from'), await answer.text()]).toEqual([
    200,
    'behind',
    '0123456789',
  ])
  const refused = await fetch(`${proxy.url}/no`)
  expect([refused.status, await refused.text()]).toEqual([404, '0123456789'])
  expect(proxy.asked).toEqual([
    { path: '/api?a=1', bytes: 10 },
    { path: '/no', bytes: 10 },
  ])
})
