import { describe, expect, it } from 'vitest'
import { userRows } from './user-rows.ts'

const user = (username: string, clientIds: string[] = []) => ({
  ...{ username, disabled: false, roles: ['tenant-aurora'], clientIds },
})

describe('userRows', () => {
  it('gives each account the clients that are connected by it now', () => {
    const clients = [
      { clientId: 'b', username: 'aurora-app' },
      { clientId: 'a', username: 'aurora-app' },
      { clientId: 'c', username: null },
    ]
    const rows = userRows([user('aurora-app', ['gone']), user('aurora-hall', ['gone'])], clients)
    expect(rows.get('aurora-app')).toMatchObject({ key: 'aurora-app', clientIds: ['a', 'b'] })
    expect(rows.get('aurora-hall')?.clientIds).toEqual([])
  })

  it('takes what the broker answered while there is no live list', () => {
    expect(userRows([user('aurora-app', ['x'])], null).get('aurora-app')?.clientIds).toEqual(['x'])
  })
})
