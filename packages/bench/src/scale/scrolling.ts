import type { Page } from '@playwright/test'

export interface Scrolling {
  readonly ms: number
  readonly frames: number
  /** How long the page's main thread was kept each time, in ms: only from 50 up, as the browser defines it. */
  readonly longTasks: readonly number[]
}

const SCROLL_MS = 10_000
const PIXELS_A_FRAME = 120

/** Scrolls a table that streams, up and down. */
export async function scroll(page: Page): Promise<Scrolling> {
  await page.evaluate('weirBench.observeLongTasks()')
  const frames = await page.evaluate<number>(`weirBench.scroll(${SCROLL_MS}, ${PIXELS_A_FRAME})`)
  const longTasks = await page.evaluate<number[]>('weirBench.longTasks')
  return { ms: SCROLL_MS, frames, longTasks }
}
