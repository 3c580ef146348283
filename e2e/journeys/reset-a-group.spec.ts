import { expect, type Page, test } from '@playwright/test'
import { cell } from '../support/cell.ts'
import { drawer, expectListedChange, touched } from '../support/changes.ts'
import { makeTopic } from '../support/kafka.ts'
import { instanceOf, runJson } from '../support/run-json.ts'
import { uniqueName } from '../support/unique-name.ts'

const run = runJson()
const instance = instanceOf(run, 'aurora', 'kafka')

async function openReset(page: Page, groupId: string): Promise<void> {
  await page.goto(`/i/${instance.id}/group?groupId=${groupId}`)
  await page.getByRole('button', { name: 'Reset offsets…' }).click()
}

test('a reset does what its preview showed, and an undo puts it back', async ({ page }) => {
  const topic = await makeTopic(instance.connect, 'aurora.')
  const groupId = `aurora.${uniqueName('e2e')}`
  try {
    await topic.produce(90)
    await topic.commit(groupId, '20')
    await openReset(page, groupId)
    await page.getByRole('radio', { name: 'Earliest' }).check({ force: true })
    await expect(touched(page, 'readAgain')).toHaveAttribute('data-value', '60')
    await expect(touched(page, 'lagAfterwards')).toHaveAttribute('data-value', '90')
    const second = page.locator('[data-partition="1"] td')
    await expect(second).toHaveText(['1', '20', '0', '20'])

    await page.getByRole('button', { name: 'Reset 3 offsets, read 60 again' }).click()
    const outcome = drawer(page, 'Reset offsets').getByRole('status')
    await expect(outcome.first()).toContainText(
      `Reset 3 offsets, 60 records are read again on ${topic.topic}`,
    )
    expect(await topic.committed(groupId)).toEqual(['0', '0', '0'])
    await expect(cell(page, `${topic.topic}-0`, 'lag')).toHaveAttribute('data-value', '30')

    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(outcome.nth(1)).toContainText('Put 3 offsets back')
    expect(await topic.committed(groupId)).toEqual(['20', '20', '20'])
    await expect(cell(page, `${topic.topic}-0`, 'lag')).toHaveAttribute('data-value', '10')
    const target = { procedure: 'kafka.resetOffsets', target: groupId, result: 'done' } as const
    await expectListedChange(page, instance.id, target)
  } finally {
    await topic.dispose()
  }
})

test('a reset waits for the last member, and can be called off', async ({ page }) => {
  const topic = await makeTopic(instance.connect, 'aurora.')
  const groupId = `aurora.${uniqueName('e2e')}`
  try {
    await topic.produce(90)
    await topic.commit(groupId, '20')
    const leave = await topic.join(groupId)
    await expect.poll(() => topic.committed(groupId)).toEqual(['30', '30', '30'])
    await openReset(page, groupId)
    await page.getByRole('radio', { name: 'Earliest' }).check({ force: true })
    const button = page.getByRole('button', { name: 'Reset 3 offsets, read 90 again' })
    await expect(page.getByRole('dialog')).toContainText('1 member is connected.')

    await button.click()
    await expect(page.getByRole('timer')).toContainText('Waiting for the last member to leave')
    await page.getByRole('button', { name: 'Call off' }).click()
    await expect(page.getByRole('dialog')).toContainText('Called off: nothing was changed.')
    expect(await topic.committed(groupId)).toEqual(['30', '30', '30'])

    await button.click()
    await expect(page.getByRole('timer')).toContainText('Waiting for the last member to leave')
    await leave()
    await expect(page.getByRole('dialog').getByRole('status').first()).toContainText(
      'Reset 3 offsets, 90 records are read again',
    )
    expect(await topic.committed(groupId)).toEqual(['0', '0', '0'])
  } finally {
    await topic.dispose()
  }
})
