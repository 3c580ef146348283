import { CloseCode } from '@weir/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LiveTestClient } from '../testing/live-test-client.ts'
import { instanceA, type MemoryWeir, startMemoryWeir, totals } from '../testing/memory-weir.ts'

let weir: MemoryWeir
let slow: LiveTestClient
/** Reads everything, and so tells when a version has been sent. */
let quick: LiveTestClient
beforeEach(async () => {
  weir = await startMemoryWeir()
  weir.driver.push('rabbitmq.totals', version(0))
  slow = await watch()
  quick = await watch()
})
afterEach(async () => {
  slow.close()
  quick.close()
  await weir.close()
})

const ROWS = 5_000
/** About a megabyte each: together more than the kernel takes in for a reader that doesn't read. */
const VERSIONS = 30

/** Every row differs from the version before. */
function version(n: number) {
  return totals(Object.fromEntries(Array.from({ length: ROWS }, (_, row) => [`a/queue-${row}`, n])))
}

async function watch(): Promise<LiveTestClient> {
  const client = await LiveTestClient.connect(weir.url)
  client.subscribe('q', { instanceId: instanceA.id }, { type: 'rabbitmq.queues' })
  await client.next('snapshot', ({ data }) => Array.isArray(data) && data.length === ROWS, 20_000)
  return client
}

/** Sends one version after the other, each in a frame of its own. */
async function sendVersions(): Promise<void> {
  for (let n = 1; n <= VERSIONS; n += 1) {
    weir.driver.push('rabbitmq.totals', version(n))
    await quick.next('delta', ({ set }) => Array.isArray(set) && set[0]?.messages === n, 20_000)
  }
}

it('sends a slow reader what is true when it reads again, and not all that it missed', async () => {
  const before = slow.received.length
  slow.socket.pause()
  await sendVersions()
  slow.socket.resume()
  const isNewest = ({ data }: { data: unknown }) => Array.isArray(data) && data[0]?.messages === VERSIONS
  const newest = await slow.next('snapshot', isNewest, 40_000)
  const deltas = slow.received.slice(before).filter((message) => message.type === 'delta' && message.set)
  expect(deltas.length).toBeLessThan(VERSIONS / 2)
  const next = await slow.next('delta')
  expect([next.epoch, next.seq]).toEqual([newest.epoch, newest.seq + 1])
}, 120_000)

it('lets a reader go that drains nothing for 15 s, and nobody else', async () => {
  slow.socket.pause()
  await sendVersions()
  const openSockets = async () => {
    const metrics = await (await fetch(`${weir.url}/metrics`)).text()
    return metrics.match(/^weir_live_sockets (\d+)$/m)?.[1]
  }
  await expect.poll(openSockets, { timeout: 40_000, interval: 500 }).toBe('1')
  slow.socket.resume()
  expect([CloseCode.tooSlow, 1006]).toContain((await slow.closed()).code)
  await quick.next('delta')
}, 120_000)
