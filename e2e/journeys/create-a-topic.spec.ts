import { expect, test } from '@playwright/test'
import { cell } from '../support/cell.ts'
import { drawer, expectListedChange } from '../support/changes.ts'
import { connectAdmin } from '../support/kafka.ts'
import { instanceOf, runJson } from '../support/run-json.ts'
import { uniqueName } from '../support/unique-name.ts'

const run = runJson()
const instance = instanceOf(run, 'aurora', 'kafka')

test("a topic is checked in the broker's own words, then created as it was written", async ({ page }) => {
  const name = uniqueName('e2e')
  const topic = `aurora.${name}`
  const admin = await connectAdmin(instance.connect)
  try {
    await page.goto(`/i/${instance.id}/topics?filter=${encodeURIComponent(`topic:${topic}`)}`)
    await page.getByRole('button', { name: 'Create topic…' }).click()
    const form = drawer(page, 'Create topic')
    await expect(form.getByRole('button', { name: 'Create topic' })).toBeDisabled()
    await form.getByLabel('Name').fill('not a name')
    await expect(form).toContainText('Only letters, digits')
    await form.getByLabel('Name').fill(name)
    await form.getByLabel('Partitions').fill('4')
    await form.getByLabel('Replicas').fill('3')
    await form.getByRole('button', { name: 'Check' }).click()
    await expect(form.getByRole('alert')).toContainText('Kafka would not create it.')
    await expect(form.getByRole('alert')).toContainText(/replication factor/i)
    expect(await admin.listTopics()).not.toContain(topic)

    await form.getByLabel('Replicas').fill('1')
    await expect(form.getByRole('alert')).toHaveCount(0)
    await form.getByLabel('Kept for').selectOption('1 d')
    await form.getByRole('button', { name: 'Check' }).click()
    await expect(form.getByRole('status')).toContainText('Kafka would create it')
    expect(await admin.listTopics()).not.toContain(topic)

    await form.getByRole('button', { name: `Create topic ${topic}` }).click()
    await expect(form.getByRole('status')).toContainText(`Created ${topic}`)
    expect(await admin.partitionsAndRetention(topic)).toEqual({ partitions: 4, retentionMs: '86400000' })
    await expect(cell(page, topic, 'partitions')).toHaveAttribute('data-value', '4', { timeout: 45_000 })
    await expect(form).toContainText('In the list now, with 4 partitions.')
    const target = { procedure: 'kafka.createTopic', target: topic, result: 'done' } as const
    await expectListedChange(page, instance.id, target)
  } finally {
    await admin.dispose([topic])
  }
})
