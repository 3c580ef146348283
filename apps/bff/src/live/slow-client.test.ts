import { CloseCode } from '@weir/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LiveTestClient } from '../testing/live-test-client.ts'
import { instanceA, type MemoryWeir, startMemoryWeir, totals } from '../testing/memory-weir.ts'

let weir: MemoryWeir
let client: LiveTestClient
beforeEach(async () => {
  weir = await startMemoryWeir()
})
afterEach(async () => {
  client.close()
  await weir.close()
})

const ROWS = 5_000
/** More than the kernel takes in for a reader that doesn't read. */
const VERSIONS = 60

/** Every row differs from the version before: a delta of about a megabyte. */
function version(n: number) {
  return totals(Object.fromEntries(Array.from({ length: ROWS }, (_, row) => [`a/queue-${row}`, n])))
}

async function watch(): Promise<void> {
  weir.driver.push('rabbitmq.totals', version(0))
  client = await LiveTestClient.connect(weir.url)
  client.subscribe('q', { instanceId: instanceA.id }, { type: 'rabbitmq.queues' })
  await client.next('snapshot', ({ data }) => Array.isArray(data) && data.length === ROWS)
}

/** Pushes one version after the other, each once the one before has been read. */
async function pushVersions(): Promise<void> {
  for (let n = 1; n <= VERSIONS; n += 1) {
    const reads = weir.driver.reads('rabbitmq.totals')
    weir.driver.push('rabbitmq.totals', version(n))
    await expect.poll(() => weir.driver.reads('rabbitmq.totals'), { interval: 5 }).toBeGreaterThan(reads)
  }
}

it('sends a slow reader what is true when it reads again, and not all that it missed', async () => {
  await watch()
  const before = client.received.length
  client.socket.pause()
  await pushVersions()
  client.socket.resume()
  const newest = await client.next(
    'snapshot',
    ({ data }) => Array.isArray(data) && data[0]?.messages === VERSIONS,
    40_000,
  )
  const deltas = client.received.slice(before).filter((message) => message.type === 'delta' && message.set)
  expect(deltas.length).toBeLessThan(VERSIONS / 2)
  const next = await client.next('delta')
  expect([next.epoch, next.seq]).toEqual([newest.epoch, newest.seq + 1])
}, 120_000)

it('lets a reader go that drains nothing for 15 s', async () => {
  await watch()
  client.socket.pause()
  await pushVersions()
  await expect
    .poll(async () => (await fetch(`${weir.url}/metrics`)).text(), { timeout: 40_000, interval: 500 })
    .toContain('weir_live_sockets 0')
  client.socket.resume()
  expect([CloseCode.tooSlow, 1006]).toContain((await client.closed()).code)
}, 120_000)
