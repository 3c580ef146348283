import { expect, test } from '@playwright/test'
import { cell, queueKey } from '../support/cell.ts'
import { drawer, expectListedChange, touched } from '../support/changes.ts'
import { makeQueue } from '../support/queue.ts'
import { instanceOf, runJson } from '../support/run-json.ts'

const run = runJson()
const instance = instanceOf(run, 'aurora', 'rabbitmq')

test('a purge shows what it drops, asks for the name, and leaves what is unacknowledged', async ({
  page,
}) => {
  const queue = await makeQueue(instance.connect.amqp)
  try {
    await queue.publish(312)
    for (let taken = 0; taken < 12; taken += 1) await queue.channel.get(queue.name, { noAck: false })

    await page.goto(`/i/${instance.id}/queue?vhost=aurora&name=${queue.name}`)
    await page.getByRole('button', { name: 'Purge…' }).click()
    await expect(touched(page, 'dropped')).toHaveAttribute('data-value', '300')
    await expect(touched(page, 'kept')).toHaveAttribute('data-value', '12')
    const button = page.getByRole('button', { name: 'Purge 300 messages' })
    await expect(button).toBeDisabled()
    await page.getByLabel(`Type ${queue.name} to confirm`).fill(queue.name.slice(0, -1))
    await expect(button).toBeDisabled()
    await page.getByLabel(`Type ${queue.name} to confirm`).fill(queue.name)
    await button.click()

    await expect(drawer(page, 'Purge queue').getByRole('status')).toContainText(
      `Purged 300 messages from ${queue.name}`,
    )
    expect((await queue.channel.checkQueue(queue.name)).messageCount).toBe(0)
    await expect(touched(page, 'dropped')).toHaveAttribute('data-value', '0')
    await expect(touched(page, 'kept')).toHaveAttribute('data-value', '12')

    await page.keyboard.press('Escape')
    await expect(drawer(page, 'Purge queue')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Purge…' })).toBeFocused()

    await page.goto(`/i/${instance.id}/queues?filter=${encodeURIComponent(`name:${queue.name}`)}`)
    await expect(cell(page, queueKey('aurora', queue.name), 'messages')).toHaveAttribute('data-value', '12')
    const target = { procedure: 'rabbitmq.purgeQueue', target: queue.name, result: 'done' } as const
    await expectListedChange(page, instance.id, target)
  } finally {
    await queue.dispose()
  }
})

test('a stream has no purge, and says why', async ({ page }) => {
  await page.goto(`/i/${instance.id}/queue?vhost=aurora&name=alerts.audit`)
  const button = page.getByRole('button', { name: 'Purge…' })
  await expect(button).toBeDisabled()
  await expect(button).toHaveAttribute('title', /stream keeps its log/)
})
