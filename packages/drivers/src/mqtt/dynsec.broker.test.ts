import { randomUUID } from 'node:crypto'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnAges, fixedDemand, mqttAges, readingWhere, waitFor } from '../testing/index.ts'
import { createMqttDriver } from './mqtt-driver.ts'
import { createTestClients } from './testing/test-clients.ts'

const demand = fixedDemand({ cadenceMs: 500 })
const soon = () => AbortSignal.timeout(10_000)

describeOnAges('dynamic security of Mosquitto', mqttAges(), (target) => {
  const url = target.urls[0] ?? ''
  const username = `weir-test-${randomUUID()}`
  const rolename = `role-${username}`
  const password = randomUUID()
  const driver = createMqttDriver(target, async (host) => host)
  const clients = createTestClients(url, { username, password, protocolVersion: 5 })
  let admin: MqttClient

  const run = (...commands: object[]) =>
    admin.publishAsync('$CONTROL/dynamic-security/v1', JSON.stringify({ commands }), { qos: 1 })
  const userOf = async () =>
    (await driver.dynamicSecurity.listUsers(soon())).find((user) => user.username === username)

  beforeAll(async () => {
    admin = await connectAsync(url, {
      protocolVersion: 5,
      reconnectPeriod: 0,
      username: target.username ?? '',
      password: target.password ?? '',
    })
    await run(
      {
        command: 'createRole',
        rolename,
        acls: [{ acltype: 'subscribePattern', topic: `${username}/#`, priority: 3, allow: true }],
      },
      { command: 'createClient', username, password, textname: 'A test', roles: [{ rolename }] },
    )
    await waitFor('the new user', userOf)
  })
  afterAll(async () => {
    clients.endAll()
    // The role last: Mosquitto 2.0 crashes where one that is held is deleted.
    await run({ command: 'deleteClient', username }, { command: 'deleteRole', rolename })
    await admin.endAsync()
    await driver.close()
  })

  it('lists users and roles', async () => {
    expect(await userOf()).toEqual({
      username,
      textname: 'A test',
      clientId: null,
      roles: [rolename],
      groups: [],
      disabled: false,
    })
    const roles = await driver.dynamicSecurity.listRoles(soon())
    expect(roles.find((role) => role.rolename === rolename)).toEqual({
      rolename,
      textname: null,
      acls: [{ acltype: 'subscribePattern', topic: `${username}/#`, priority: 3, allow: true }],
    })
  })

  it('cuts every connection of a user that it disables, and lets it in again when it enables it', async () => {
    const ofUser = (list: ReadonlyMap<string, { username: string | null }>) =>
      [...list.values()].filter((client) => client.username === username).length
    await readingWhere(driver, 'mqtt.clients', demand, () => true)
    const two = await Promise.all([clients.connect(`${username}-1`), clients.connect(`${username}-2`)])
    await readingWhere(driver, 'mqtt.clients', demand, ({ data }) => ofUser(data.clients) === 2)

    await driver.dynamicSecurity.disableUser(username, soon())
    await waitFor('both to be cut', () => two.every((client) => !client.connected))
    expect(await userOf()).toMatchObject({ disabled: true })
    await readingWhere(driver, 'mqtt.clients', demand, ({ data }) => ofUser(data.clients) === 0)
    await expect(clients.connect(`${username}-3`)).rejects.toMatchObject({ code: 135 })

    await driver.dynamicSecurity.enableUser(username, soon())
    expect(await userOf()).toMatchObject({ disabled: false })
    expect((await clients.connect(`${username}-3`)).connected).toBe(true)
  })

  it('says when there is no such user', async () => {
    const nobody = driver.dynamicSecurity.disableUser(`nobody-${username}`, soon())
    await expect(nobody).rejects.toMatchObject({ code: 'BROKER_NOT_FOUND', retryable: false })
  })

  it('never disables the account that it connects with itself', async () => {
    const own = driver.dynamicSecurity.disableUser(target.username ?? '', soon())
    await expect(own).rejects.toMatchObject({ code: 'BROKER_REJECTED' })
  })

  it('says that it may not, with the rights of a plain user', async () => {
    const plain = createMqttDriver({ ...target, username, password }, async (host) => host)
    try {
      const refused = plain.dynamicSecurity.listUsers(soon())
      await expect(refused).rejects.toMatchObject({ code: 'BROKER_FORBIDDEN', retryable: false })
    } finally {
      await plain.close()
    }
  })
})
