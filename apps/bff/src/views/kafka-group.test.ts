import { KafkaGroupPartitionRow } from '@weir/contract'
import type { KafkaGroupDetail } from '@weir/drivers'
import { describe, expect, it } from 'vitest'
import { kafkaGroup } from './kafka-group.ts'
import { acme, commit, KafkaTestCluster, wholeCluster } from './kafka-test-cluster.ts'

const view = (groupId: string) => ({ type: 'kafka.group', groupId }) as const

function detail(change: Partial<KafkaGroupDetail> = {}): KafkaGroupDetail {
  return {
    groupId: 'acme.billing',
    members: [
      {
        memberId: 'member-1',
        clientId: 'billing',
        host: '10.0.0.7',
        assignments: [
          { topic: 'acme.orders', partition: 0 },
          { topic: 'acme.orders', partition: 1 },
        ],
      },
    ],
    committed: new Map(),
    recordAt: new Map(),
    markersTo: new Map(),
    ...change,
  }
}

function clusterWith(told: KafkaGroupDetail | null, detailAt = 100_000): KafkaTestCluster {
  const cluster = new KafkaTestCluster()
  cluster.groups([{ groupId: 'acme.billing' }, { groupId: 'other.billing' }])
  cluster.tick(
    100_000,
    { 'acme.orders': [50n, 11n, 5n], 'other.secret': [9n] },
    {
      'acme.billing': [
        commit('acme.orders', 0, 20n),
        commit('acme.orders', 2, 5n),
        commit('other.secret', 0, 1n),
      ],
    },
  )
  if (told) cluster.put('kafka.group', new Map([[told.groupId, told]]), detailAt)
  return cluster
}

function rowsOf(cluster: KafkaTestCluster, scope: typeof acme | typeof wholeCluster = acme) {
  const projection = kafkaGroup.project([cluster.part(scope)], view('acme.billing'))
  return projection.status === 'rows' ? projection.rows : []
}

describe('kafka.group', () => {
  it('has a row for each partition with a commit or a member, and only of own topics', () => {
    const told = detail({
      committed: new Map([['acme.orders-0', 20n]]),
      recordAt: new Map([['acme.orders-0', 40_000]]),
    })
    const rows = rowsOf(clusterWith(told))
    expect(rows).toEqual([
      {
        key: 'acme.orders-0',
        topic: 'acme.orders',
        partition: 0,
        committedOffset: '20',
        logStartOffset: '0',
        logEndOffset: '50',
        lag: 30,
        lagMs: 60_000,
        memberId: 'member-1',
        clientId: 'billing',
        host: '10.0.0.7',
      },
      expect.objectContaining({
        key: 'acme.orders-1',
        committedOffset: null,
        lag: null,
        lagMs: null,
        memberId: 'member-1',
      }),
      expect.objectContaining({
        key: 'acme.orders-2',
        committedOffset: '5',
        lag: 0,
        lagMs: 0,
        memberId: null,
        host: null,
      }),
    ])
    for (const row of rows) expect(() => KafkaGroupPartitionRow.parse(row)).not.toThrow()
    expect(rowsOf(clusterWith(told), wholeCluster).map(({ key }) => key)).toContain('other.secret-0')
  })

  it('ages a record on while its commit stands, and as of its own reading once the commit has moved', () => {
    const stands = detail({
      committed: new Map([['acme.orders-0', 20n]]),
      recordAt: new Map([['acme.orders-0', 90_000]]),
    })
    expect(rowsOf(clusterWith(stands, 98_000))[0]?.lagMs).toBe(10_000)
    const moved = detail({
      committed: new Map([['acme.orders-0', 19n]]),
      recordAt: new Map([['acme.orders-0', 90_000]]),
    })
    expect(rowsOf(clusterWith(moved, 98_000))[0]?.lagMs).toBe(8_000)
  })

  it('calls no lag what are only markers of transactions, and counts from behind them', () => {
    const told = (markersTo: bigint) =>
      detail({
        committed: new Map([['acme.orders-0', 20n]]),
        markersTo: new Map([['acme.orders-0', markersTo]]),
      })
    expect(rowsOf(clusterWith(told(50n)))[0]).toMatchObject({ lag: 0, lagMs: 0, logEndOffset: '50' })
    expect(rowsOf(clusterWith(told(48n)))[0]).toMatchObject({ lag: 2, lagMs: null })
  })

  it('knows offsets before the details have come', () => {
    expect(rowsOf(clusterWith(null))[0]).toMatchObject({ lag: 30, lagMs: null, memberId: null })
  })

  it("answers alike for a group that isn't there and one that is another's, and asks for own groups alone", () => {
    const part = clusterWith(detail()).part(acme)
    const gone = { status: 'gone', code: 'NOT_FOUND' }
    expect(kafkaGroup.project([part], view('other.billing'))).toMatchObject(gone)
    expect(kafkaGroup.project([part], view('acme.nothing'))).toMatchObject(gone)
    const keys = (groupId: string) => kafkaGroup.focus?.[0]?.keys(part, view(groupId), [])
    expect(keys('acme.billing')).toEqual(['acme.billing'])
    expect(keys('other.billing')).toEqual([])
  })
})
