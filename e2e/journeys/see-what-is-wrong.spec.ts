import { expect, test } from '@playwright/test'
import { runJson } from '../support/run-json.ts'

const run = runJson()
const aurora = run.tenants.find(({ slug }) => slug === 'aurora')

test('the home page begins with what is wrong, and one table holds the three brokers', async ({ page }) => {
  await page.goto('/t/aurora')
  await expect(page.getByRole('heading', { level: 1, name: aurora?.name ?? '' })).toBeVisible()
  // Two devices of the demonstration share one client id.
  const flapping = page.locator('[data-rule="clientFlapping"]')
  await expect(flapping.first()).toContainText('aurora-', { timeout: 30_000 })
  const own = run.instances.filter(({ tenantId }) => tenantId === aurora?.id)
  for (const { id } of own) {
    await expect(page.locator(`[data-key="${id}"]`)).toBeVisible()
    await expect(page.locator(`[data-key="${id}"] [data-field="state"]`)).toHaveAttribute(
      'data-value',
      'live',
    )
  }
  await expect(page.locator('[data-key]').filter({ hasText: 'borealis' })).toHaveCount(0)
})
