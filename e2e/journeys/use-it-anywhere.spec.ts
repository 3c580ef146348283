import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { instanceOf, runJson } from '../support/run-json.ts'

const run = runJson()
const rabbitmq = instanceOf(run, 'aurora', 'rabbitmq').id
const kafka = instanceOf(run, 'aurora', 'kafka').id
const mqtt = instanceOf(run, 'aurora', 'mqtt').id

const pages: Readonly<Record<string, string>> = {
  'the home page': '/t/aurora',
  'the fleet': '/fleet',
  queues: `/i/${rabbitmq}/queues`,
  'a queue': `/i/${rabbitmq}/queue?vhost=aurora&name=notify.push`,
  'the RabbitMQ overview': `/i/${rabbitmq}/overview`,
  topics: `/i/${kafka}/topics`,
  groups: `/i/${kafka}/groups`,
  'a group': `/i/${kafka}/group?groupId=aurora.billing-rollup`,
  'the Kafka overview': `/i/${kafka}/overview`,
  'MQTT clients': `/i/${mqtt}/clients`,
  'the MQTT overview': `/i/${mqtt}/overview`,
}

async function live(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByTestId('pulse')).toHaveAttribute('data-mood', 'live')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

async function inNewPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ baseURL: run.url, ...options })
  try {
    await use(await context.newPage())
  } finally {
    await context.close()
  }
}

for (const [name, path] of Object.entries(pages)) {
  test(`${name}: readable by everyone, in both themes`, async ({ browser }) => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await inNewPage(browser, { colorScheme, viewport: { width: 1440, height: 900 } }, async (page) => {
        await live(page, path)
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
          .analyze()
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
        expect(told, colorScheme).toEqual([])
      })
    }
  })

  test(`${name}: on a phone nothing scrolls sideways, in English and in Chinese`, async ({ browser }) => {
    for (const locale of ['en-US', 'zh-CN'] as const) {
      const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale }
      await inNewPage(browser, phone, async (page) => {
        await live(page, path)
        await expect(page.locator('html')).toHaveAttribute('lang', locale === 'en-US' ? 'en' : 'zh-Hans')
        expect(await page.evaluate('document.documentElement.scrollWidth'), locale).toBeLessThanOrEqual(390)
      })
    }
  })
}
