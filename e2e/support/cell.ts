import type { Locator, Page } from '@playwright/test'

/** One cell of a live table, by its row's key and the view's field. `data-value` holds the exact number. */
export function cell(page: Page, key: string, field: string): Locator {
  return page.locator(`[data-key="${key}"] [data-field="${field}"]`)
}

export function queueKey(vhost: string, name: string): string {
  return `${encodeURIComponent(vhost)}/${encodeURIComponent(name)}`
}
