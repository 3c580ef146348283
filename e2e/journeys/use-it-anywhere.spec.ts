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
  'MQTT users': `/i/${mqtt}/users`,
  'the changes of an instance': `/i/${kafka}/changes`,
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

const drawers: Readonly<Record<string, { path: string; open: RegExp }>> = {
  'purging a queue': {
    path: `/i/${rabbitmq}/queue?vhost=aurora&name=alerts.dead-letter`,
    open: /^(Purge|清空)…/,
  },
  'resetting a group': { path: pages['a group'] ?? '', open: /^(Reset offsets|重置位移)…/ },
  'creating a topic': { path: `/i/${kafka}/topics`, open: /^(Create topic|创建主题)…/ },
  'disabling a user': { path: `/i/${mqtt}/users`, open: /^(Disable|禁用)/ },
}

for (const [name, { path, open }] of Object.entries(drawers)) {
  test(`${name}: readable by everyone, by keys alone, and on a phone`, async ({ browser }) => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await inNewPage(browser, { colorScheme, viewport: { width: 1440, height: 900 } }, async (page) => {
        await live(page, path)
        const opener = page.getByRole('button', { name: open }).first()
        await opener.press('Enter')
        const drawer = page.getByRole('dialog')
        await expect(drawer).toBeVisible()
        expect(
          await drawer.evaluate((element) => element.contains(element.ownerDocument.activeElement)),
        ).toBe(true)
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
          .analyze()
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
        expect(told, colorScheme).toEqual([])
        await page.keyboard.press('Escape')
        await expect(drawer).toHaveCount(0)
        await expect(opener).toBeFocused()
      })
    }
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN' }
    await inNewPage(browser, phone, async (page) => {
      await live(page, path)
      await page.getByRole('button', { name: open }).first().tap()
      const box = await page.getByRole('dialog').boundingBox()
      expect(box).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    })
  })
}
