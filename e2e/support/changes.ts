import { expect, type Locator, type Page } from '@playwright/test'

/** The drawer of an action, by its title. */
export function drawer(page: Page, title: string): Locator {
  return page.getByRole('dialog', { name: title })
}

/** One figure of what an action touches. */
export function touched(page: Page, field: string): Locator {
  return page.getByRole('dialog').locator(`[data-field="${field}"]`)
}

/** The newest change on the page of changes that names this target, with its result. */
export async function expectListedChange(
  page: Page,
  instanceId: string,
  { procedure, target, result }: { procedure: string; target: string; result: 'done' | 'failed' },
): Promise<void> {
  await page.goto(`/i/${instanceId}/changes`)
  const row = page.locator(`[data-procedure="${procedure}"]`).filter({ hasText: target }).first()
  await expect(row).toBeVisible()
  await expect(row).toHaveAttribute('data-result', result)
}
