import { expect, test } from '@playwright/test'
import { connectAsync, type MqttClient } from 'mqtt'
import { cell } from '../support/cell.ts'
import { instanceOf, runJson } from '../support/run-json.ts'
import { uniqueName } from '../support/unique-name.ts'

const run = runJson()
const instance = instanceOf(run, 'aurora', 'mqtt')

/** Between the last CONNACK and the rows. */
const LISTED_WITHIN_MS = 3_000
const CLIENTS = 25

test('25 devices that connect are 25 rows, and those that vanish without a goodbye go, and no others', async ({
  page,
}) => {
  const prefix = uniqueName('e2e')
  const ids = Array.from({ length: CLIENTS }, (_, n) => `${prefix}-${n}`)
  await page.goto(`/i/${instance.id}/clients?filter=${encodeURIComponent(`clientId:${prefix}-*`)}`)
  await expect(page.getByTestId('pulse')).toHaveAttribute('data-mood', 'live')

  const clients: MqttClient[] = await Promise.all(
    ids.map((clientId) =>
      connectAsync(instance.connect.url, { clientId, keepalive: 30, reconnectPeriod: 0 }),
    ),
  )
  try {
    const rows = page.locator(`[data-key^="${prefix}-"]`)
    await expect(rows).toHaveCount(CLIENTS, { timeout: LISTED_WITHIN_MS })
    const username = new URL(instance.connect.url).username
    for (const id of [ids[0] ?? '', ids[24] ?? '']) {
      await expect(cell(page, id, 'username')).toHaveAttribute('data-value', username)
      await expect(cell(page, id, 'protocolVersion')).toHaveAttribute('data-value', '3.1.1')
    }
    for (const client of clients.slice(0, 10)) client.stream.destroy()
    await expect(rows).toHaveCount(15)
    for (const id of ids.slice(0, 10)) await expect(cell(page, id, 'clientId')).toHaveCount(0)
  } finally {
    await Promise.all(clients.map((client) => client.endAsync(true)))
  }
  await expect(page.locator(`[data-key^="${prefix}-"]`)).toHaveCount(0)
})
