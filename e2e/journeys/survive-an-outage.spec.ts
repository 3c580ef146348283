import { expect, type Page, test } from '@playwright/test'
import { connectAsync } from 'mqtt'
import { cell, queueKey } from '../support/cell.ts'
import { type OwnWeir, startOwnWeir } from '../support/own-weir.ts'
import { makeQueue } from '../support/queue.ts'
import { uniqueName } from '../support/unique-name.ts'

let own: OwnWeir

test.describe.configure({ mode: 'serial', timeout: 180_000 })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  own = await startOwnWeir()
})
test.afterAll(async () => {
  test.setTimeout(60_000)
  await own?.stop()
})

const pulse = (page: Page) => page.getByTestId('pulse')
const amqp = () => own.rabbitmq.amqp.replace('://', `://${own.rabbitmq.username}:${own.rabbitmq.password}@`)

/** Between a fault and the page's saying so. */
const STALE_WITHIN_MS = 5_000
/** Between a broker's answering again and the page's being live. */
const LIVE_WITHIN_MS = 10_000

for (const fault of ['killed', 'frozen'] as const) {
  test(`a broker that is ${fault} turns its rows stale in two tabs, and they live again by themselves`, async ({
    context,
  }) => {
    const queue = await makeQueue(amqp())
    await queue.publish(7)
    const key = queueKey('/', queue.name)
    const tabs = [await context.newPage(), await context.newPage()]
    const elsewhere = await context.newPage()
    await elsewhere.goto(`${own.url}/i/${own.instances.mqtt}/clients`)
    for (const tab of tabs) {
      await tab.goto(`${own.url}/i/${own.instances.rabbitmq}/queues`)
      await expect(cell(tab, key, 'messages')).toHaveAttribute('data-value', '7')
      await expect(pulse(tab)).toHaveAttribute('data-mood', 'live')
    }

    if (fault === 'killed') await own.rabbitmq.kill()
    else own.rabbitmq.pause()
    for (const tab of tabs) {
      await expect(pulse(tab)).toHaveAttribute('data-mood', 'trouble', { timeout: STALE_WITHIN_MS })
      await expect(tab.locator(`[data-key="${key}"]`)).toHaveAttribute('data-look', 'stale')
      // The last truth stays, drawn old.
      await expect(cell(tab, key, 'messages')).toHaveAttribute('data-value', '7')
    }
    await expect(pulse(elsewhere)).toHaveAttribute('data-mood', 'live')

    if (fault === 'killed') await own.rabbitmq.start()
    else own.rabbitmq.resume()
    for (const tab of tabs) {
      await expect(pulse(tab)).toHaveAttribute('data-mood', 'live', { timeout: LIVE_WITHIN_MS })
      await expect(tab.locator(`[data-key="${key}"]`)).not.toHaveAttribute('data-look', 'stale')
    }
    const after = fault === 'killed' ? await makeQueue(amqp()) : queue
    await after.publish(3)
    const afterKey = queueKey('/', after.name)
    const expected = fault === 'killed' ? '3' : '10'
    for (const tab of tabs)
      await expect(cell(tab, afterKey, 'messages')).toHaveAttribute('data-value', expected)
    await after.dispose()
  })
}

test('Weir restarted: open tabs come back by themselves, and MQTT clients that stayed are still listed', async ({
  page,
}) => {
  const { url, username, password } = own.mosquitto
  const clientId = uniqueName('stays')
  const device = await connectAsync(url, { clientId, username, password, protocolVersion: 5 })
  const queue = await makeQueue(amqp())
  try {
    await page.goto(`${own.url}/i/${own.instances.mqtt}/clients`)
    await expect(cell(page, clientId, 'clientId')).toHaveAttribute('data-value', clientId)
    // Written down within five seconds: the restart must find it.
    const other = await page.context().newPage()
    await other.goto(`${own.url}/i/${own.instances.rabbitmq}/queues`)
    await expect(cell(other, queueKey('/', queue.name), 'messages')).toHaveAttribute('data-value', '0')

    await own.restartWeir()
    await expect(pulse(page)).toHaveAttribute('data-mood', 'live', { timeout: LIVE_WITHIN_MS })
    await expect(cell(page, clientId, 'clientId')).toHaveAttribute('data-value', clientId)
    await queue.publish(11)
    await expect(cell(other, queueKey('/', queue.name), 'messages')).toHaveAttribute('data-value', '11')
  } finally {
    await device.endAsync()
    await queue.dispose()
  }
  await expect(cell(page, clientId, 'clientId')).toHaveCount(0)
})
