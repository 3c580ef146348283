import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import type { BenchContext } from '../bench.ts'
import type { Sightings } from './sightings.ts'

const program = process.env.CHROMIUM ?? '/usr/bin/chromium'
const inPage = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8')

/** Tall enough for 25 rows and more. */
const viewport = { width: 1440, height: 1200 }

const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

/** Chromium, closed after the run; null, having said so, where this machine has none. */
export async function launchBrowser({ report, resources }: BenchContext): Promise<Browser | null> {
  if (!existsSync(program)) {
    report(`${program} isn't there: nothing is measured in a page (CHROMIUM names another)`)
    return null
  }
  // Asked to stop, we close it ourselves; by default it would end our process before the brokers are stopped.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  const browser = await chromium.launch({ executablePath: program, args, ...signals })
  resources.defer(() => browser.close())
  return browser
}

/** A tab of its own, with `weirBench` (in-page.js) in it, and `then` run in every document before its own scripts. */
export async function newTab(browser: Browser, then = ''): Promise<Page> {
  const page = await browser.newPage({ viewport })
  // One script: the order of several isn't promised.
  await page.addInitScript({ content: `${inPage}\n${then}` })
  return page
}

/** Opens a page and answers how long it took until the first row of its table was painted, in ms. */
export async function openUntilFirstRow(page: Page, url: string): Promise<number> {
  await page.goto(url)
  return page.evaluate<number>('weirBench.firstRow')
}

/** Opens a page and notes what it shows, with the times at which it was painted. */
export async function watchPage(
  browser: Browser,
  url: string,
  field: string | null,
  sightings: Sightings,
): Promise<void> {
  // In every document: a page that misses a chunk, since somebody built the pages meanwhile, loads itself again.
  const page = await newTab(browser, `weirBench.observeCells(${JSON.stringify(field)})`)
  await page.exposeFunction('weirBenchSaw', (seen: readonly [string, number][], at: number) => {
    for (const [key, value] of seen) sightings.see(key, value, at)
  })
  await page.goto(url)
}
