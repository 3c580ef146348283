import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { InventoryRepository } from './inventory-repository.ts'
import { type Database, openDatabase } from './store-database.ts'
import { uuidv7 } from './uuid.ts'

let dir: string
let database: Database
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'weir-store-'))
  database = await openDatabase(dir)
})
afterEach(async () => {
  await database.destroy()
  rmSync(dir, { recursive: true })
})

it('keeps the ids over a restart, and takes new names and scopes', async () => {
  const save = async (name: string, vhost: string) => {
    const repository = new InventoryRepository(database)
    const tenantId = await repository.saveTenant({ slug: 'acme', name })
    const clusterId = await repository.saveCluster({ slug: 'mq', name, kind: 'rabbitmq' })
    const scope = { vhosts: [vhost] }
    const share = await repository.saveInstance({ tenantId, clusterId, slug: 'orders', name, scope })
    const whole = await repository.saveInstance({ tenantId: null, clusterId, slug: 'orders', name, scope })
    return { tenantId, clusterId, share, whole }
  }
  const before = await save('Acme', 'acme')
  await database.destroy()
  database = await openDatabase(dir)
  expect(await save('Acme Ltd', 'acme2')).toEqual(before)
  expect(before.share).not.toBe(before.whole)
  const rows = await database.selectFrom('instances').select(['name', 'scope']).execute()
  expect(rows).toEqual([
    { name: 'Acme Ltd', scope: '{"vhosts":["acme2"]}' },
    { name: 'Acme Ltd', scope: '{"vhosts":["acme2"]}' },
  ])
})

it('takes back a transaction that fails, and lets the next one through', async () => {
  const failing = database.transaction().execute(async (transaction) => {
    const row = { id: uuidv7(), slug: 'x', name: 'x', createdAt: 1 }
    await transaction.insertInto('tenants').values(row).execute()
    throw new Error('half way')
  })
  await expect(failing).rejects.toThrow('half way')
  expect(await database.selectFrom('tenants').selectAll().execute()).toEqual([])
})

it('makes ids that sort by time', () => {
  const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((at) => uuidv7(at))
  expect([...ids].sort()).toEqual(ids)
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
