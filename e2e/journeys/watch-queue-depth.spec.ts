import { expect, test } from '@playwright/test'
import { cell, queueKey } from '../support/cell.ts'
import { makeQueue } from '../support/queue.ts'
import { instanceOf, runJson } from '../support/run-json.ts'

const run = runJson()
const instance = instanceOf(run, 'aurora', 'rabbitmq')

for (const type of ['classic', 'quorum'] as const) {
  test(`the depth of a ${type} queue follows the broker, without a reload`, async ({ page }) => {
    const queue = await makeQueue(instance.connect.amqp, type)
    const key = queueKey('aurora', queue.name)
    try {
      await page.goto(`/i/${instance.id}/queues?filter=${encodeURIComponent(`name:${queue.name}`)}`)
      await expect(cell(page, key, 'messages')).toHaveAttribute('data-value', '0')

      await queue.publish(500)
      await expect(cell(page, key, 'messages')).toHaveAttribute('data-value', '500')
      await expect(cell(page, key, 'messagesReady')).toHaveAttribute('data-value', '500')

      for (let taken = 0; taken < 40; taken += 1) await queue.channel.get(queue.name, { noAck: false })
      await expect(cell(page, key, 'messagesUnacknowledged')).toHaveAttribute('data-value', '40')
      await expect(cell(page, key, 'messages')).toHaveAttribute('data-value', '500')

      queue.channel.nackAll(true)
      await queue.purge()
      await expect(cell(page, key, 'messages')).toHaveAttribute('data-value', '0')
    } finally {
      await queue.dispose()
    }
    await expect(cell(page, key, 'messages')).toHaveCount(0)
  })
}

test("another tenant's page shows nothing of it", async ({ page }) => {
  const queue = await makeQueue(instance.connect.amqp)
  try {
    const other = instanceOf(run, 'borealis', 'rabbitmq')
    await page.goto(`/i/${other.id}/queues`)
    await expect(page.locator('[data-key]').first()).toBeVisible()
    await queue.publish(3)
    await page.goto(`/i/${instance.id}/queues?filter=${encodeURIComponent(`name:${queue.name}`)}`)
    await expect(cell(page, queueKey('aurora', queue.name), 'messages')).toHaveAttribute('data-value', '3')
    await page.goto(`/i/${other.id}/queues`)
    await expect(page.locator('[data-key]').first()).toBeVisible()
    await expect(page.locator('[data-key]').filter({ hasText: queue.name })).toHaveCount(0)
  } finally {
    await queue.dispose()
  }
})
