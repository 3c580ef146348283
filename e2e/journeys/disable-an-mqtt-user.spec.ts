import { expect, test } from '@playwright/test'
import { connectAsync, type MqttClient } from 'mqtt'
import { cell } from '../support/cell.ts'
import { drawer, expectListedChange, touched } from '../support/changes.ts'
import { makeUser } from '../support/mqtt-admin.ts'
import { instanceOf, runJson } from '../support/run-json.ts'
import { uniqueName } from '../support/unique-name.ts'

const run = runJson()
const instance = instanceOf(run, 'aurora', 'mqtt')

test('disabling a user cuts the connections it named, without their wills, and can be undone', async ({
  page,
}) => {
  const user = await makeUser(run.brokers.mqtt.url, 'aurora-', 'tenant-aurora')
  const witness = await connectAsync(instance.connect.url, { clientId: uniqueName('e2e-witness') })
  const ids = [uniqueName('e2e-a'), uniqueName('e2e-b')].toSorted()
  const heard: string[] = []
  const devices: MqttClient[] = []
  try {
    const willTopic = `aurora/e2e/${user.username}`
    await witness.subscribeAsync(willTopic)
    witness.on('message', (_topic, payload) => heard.push(String(payload)))
    for (const clientId of ids) {
      const will = { topic: willTopic, payload: Buffer.from(clientId), qos: 0, retain: false } as const
      devices.push(await connectAsync(user.url, { clientId, reconnectPeriod: 0, will }))
    }

    await page.goto(`/i/${instance.id}/users?filter=${encodeURIComponent(`username:${user.username}`)}`)
    await expect(cell(page, user.username, 'connections')).toHaveAttribute('data-value', '2')
    await page.getByRole('button', { name: `Disable ${user.username}` }).click()
    await expect(touched(page, 'connections')).toHaveAttribute('data-value', '2')
    await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText(ids)
    await expect(page.getByRole('dialog')).toContainText('Their last wills are not published')
    await page.getByRole('button', { name: `Disable ${user.username}, cut 2 connections` }).click()

    const outcome = drawer(page, 'Disable user').getByRole('status')
    await expect(outcome.first()).toContainText(`Disabled ${user.username}, 2 connections cut`)
    await expect.poll(() => devices.map((device) => device.connected)).toEqual([false, false])
    // What is published after the cut comes after any will: had there been one, it would stand before it.
    await witness.publishAsync(willTopic, 'after')
    await expect.poll(() => heard.at(-1)).toBe('after')
    expect(heard).toEqual(['after'])
    expect(await user.isDisabled()).toBe(true)
    await expect(connectAsync(user.url, { reconnectPeriod: 0 })).rejects.toThrow(/authori[sz]ed/i)
    await expect(cell(page, user.username, 'state')).toHaveAttribute('data-value', 'disabled')
    await expect(cell(page, user.username, 'connections')).toHaveAttribute('data-value', '0')

    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(outcome.nth(1)).toContainText(`Enabled ${user.username}`)
    expect(await user.isDisabled()).toBe(false)
    await expect(cell(page, user.username, 'state')).toHaveAttribute('data-value', 'enabled')
    const target = { target: user.username, result: 'done' } as const
    await expectListedChange(page, instance.id, { procedure: 'mqtt.disableUser', ...target })
    await expectListedChange(page, instance.id, { procedure: 'mqtt.enableUser', ...target })
  } finally {
    await Promise.all([witness, ...devices].map((client) => client.endAsync(true)))
    await user.dispose()
  }
})
