import { BrokerAuthError, BrokerUnreachableError } from '@weir/drivers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LiveTestClient } from '../testing/live-test-client.ts'
import { instanceA, type MemoryWeir, startMemoryWeir, tenantA, totals } from '../testing/memory-weir.ts'

let weir: MemoryWeir
let client: LiveTestClient
beforeEach(async () => {
  weir = await startMemoryWeir()
  weir.driver.push('rabbitmq.totals', totals({ 'a/orders': 3 }))
  client = await LiveTestClient.connect(weir.url)
  client.subscribe('wrong', { tenantId: tenantA.id }, { type: 'attention' })
  expect((await client.next('snapshot')).data).toEqual([])
})
afterEach(async () => {
  client.close()
  await weir.close()
})

it('says that a broker is gone, though nothing more is read, and lets it go when it is back', async () => {
  weir.driver.fail('rabbitmq.totals', new BrokerUnreachableError('GET /api/queues: connection refused'))
  const told = await client.next('delta', (message) => message.set !== undefined, 15_000)
  expect(told.set).toMatchObject([
    { rule: 'unreachable', severity: 'act', instanceId: instanceA.id, object: null },
  ])
  weir.driver.push('rabbitmq.totals', totals({ 'a/orders': 3 }))
  const gone = await client.next('delta', (message) => message.remove !== undefined, 40_000)
  expect(gone.remove).toHaveLength(1)
}, 60_000)

it('says at once that credentials are refused', async () => {
  weir.driver.fail('rabbitmq.totals', new BrokerAuthError('GET /api/queues answered 401 (Login failed)'))
  const told = await client.next('delta', (message) => message.set !== undefined, 5_000)
  expect(told.set).toMatchObject([{ rule: 'credentialsRefused', figures: { name: 'mq' } }])
}, 20_000)
