import { expect, test } from '@playwright/test'
import { cell } from '../support/cell.ts'
import { makeTopic } from '../support/kafka.ts'
import { instanceOf, runJson } from '../support/run-json.ts'
import { uniqueName } from '../support/unique-name.ts'

const run = runJson()
const instance = instanceOf(run, 'aurora', 'kafka')

test('the lag of a group grows by exactly what is produced, and its oldest record is as old as it says', async ({
  page,
}) => {
  const topic = await makeTopic(instance.connect, 'aurora.')
  const groupId = `aurora.${uniqueName('e2e')}`
  try {
    await topic.commitStart(groupId)
    await page.goto(`/i/${instance.id}/groups?filter=${encodeURIComponent(`groupId:${groupId}`)}`)
    await expect(cell(page, groupId, 'lag')).toHaveAttribute('data-value', '0')

    const producedAt = Date.now()
    await topic.produce(1_000, producedAt)
    await expect(cell(page, groupId, 'lag')).toHaveAttribute('data-value', '1000')

    await cell(page, groupId, 'groupId').getByRole('link').click()
    const first = `${topic.topic}-0`
    await expect(cell(page, first, 'logEndOffset')).toHaveAttribute('data-value', '334')
    await expect(cell(page, first, 'lag')).toHaveAttribute('data-value', '334')
    await expect(cell(page, first, 'committedOffset')).toHaveAttribute('data-value', '0')
    const age = cell(page, first, 'lagMs')
    await expect(age).not.toHaveAttribute('data-value', '')
    const shown = Number(await age.getAttribute('data-value'))
    const real = Date.now() - producedAt
    // The page's value is as old as its reading, two seconds at most.
    expect(shown).toBeGreaterThan(real - 4_000)
    expect(shown).toBeLessThanOrEqual(real + 1_000)
  } finally {
    await topic.dispose()
  }
})

test('a topic appears with its figures, and goes when it is deleted', async ({ page }) => {
  const topic = await makeTopic(instance.connect, 'aurora.')
  try {
    await page.goto(`/i/${instance.id}/topics?filter=${encodeURIComponent(`topic:${topic.topic}`)}`)
    await expect(cell(page, topic.topic, 'partitions')).toHaveAttribute('data-value', '3', {
      timeout: 45_000,
    })
    await topic.produce(90)
    await expect(cell(page, topic.topic, 'messages')).toHaveAttribute('data-value', '90')
  } finally {
    await topic.dispose()
  }
  await expect(cell(page, topic.topic, 'messages')).toHaveCount(0, { timeout: 45_000 })
})
