import { KafkaGroupRow } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { groupRows, kafkaGroups } from './kafka-groups.ts'
import { acme, commit, KafkaTestCluster, wholeCluster } from './kafka-test-cluster.ts'

describe('kafka.groups', () => {
  it('waits until offsets, commits and groups have all been read', () => {
    const cluster = new KafkaTestCluster()
    cluster.tick(1_000, { orders: [10n] }, { billing: [commit('orders', 0, 4n)] })
    const project = () => kafkaGroups.project([cluster.part(wholeCluster)], { type: 'kafka.groups' })
    expect(project()).toEqual({ status: 'waiting' })
    cluster.groups([{ groupId: 'billing' }])
    expect(project()).toMatchObject({ status: 'rows', rows: [{ key: 'billing', lag: 6 }] })
  })

  it('sums the lag of partitions from the commit, or from the log start where that is later', () => {
    const cluster = new KafkaTestCluster()
    cluster.groups([{ groupId: 'billing', members: 3 }])
    cluster.tick(
      1_000,
      { orders: [100n, 100n, 100n], returns: [7n] },
      {
        billing: [
          commit('orders', 0, 40n), // 60
          commit('orders', 1, 10n), // log start 60: 40
          commit('orders', 2, 170n), // past the end: 0
          commit('returns', 0, 7n), // 0
        ],
      },
      { orders: [0n, 60n, 0n] },
    )
    const rows = groupRows(cluster.part(wholeCluster)) ?? []
    expect(rows).toMatchObject([
      {
        groupId: 'billing',
        state: 'Stable',
        protocol: 'classic',
        members: 3,
        topics: ['orders', 'returns'],
        lag: 100,
      },
    ])
    expect(() => KafkaGroupRow.parse(rows[0])).not.toThrow()
  })

  it('calls no lag what are only the markers of transactions, and counts from behind them', () => {
    const cluster = new KafkaTestCluster()
    cluster.groups([{ groupId: 'billing' }])
    const caughtUp = { billing: [{ ...commit('payments', 0, 10n), markersTo: 11n }] }
    cluster.tick(1_000, { payments: [11n] }, caughtUp)
    expect(groupRows(cluster.part(wholeCluster))).toMatchObject([{ lag: 0, lagMs: 0 }])
    cluster.tick(2_000, { payments: [14n] }, caughtUp)
    cluster.tick(5_000, { payments: [14n] }, caughtUp)
    expect(groupRows(cluster.part(wholeCluster))).toMatchObject([{ lag: 3, lagMs: 3_000 }])
  })

  it('knows no lag of a group without commits, and takes the broker at its word for a share group', () => {
    const cluster = new KafkaTestCluster()
    cluster.groups([
      { groupId: 'new', members: 0, state: 'Empty' },
      { groupId: 'shared', protocol: 'share', brokerLag: 12, members: 2 },
      { groupId: 'idle share', protocol: 'share', members: 1 },
    ])
    cluster.tick(1_000, { orders: [100n] })
    expect(groupRows(cluster.part(wholeCluster))).toMatchObject([
      {
        groupId: 'new',
        lag: null,
        lagMs: null,
        consumedPerSecond: null,
        messagesInPerSecond: null,
        trend: 'unknown',
      },
      { groupId: 'shared', protocol: 'share', lag: 12, lagMs: null },
      { groupId: 'idle share', lag: null },
    ])
  })

  it('tells how old the next record is at least: from when the end was first seen beyond the commit', () => {
    const cluster = new KafkaTestCluster()
    cluster.groups([{ groupId: 'billing' }])
    const at = (committed: bigint) => ({ billing: [commit('orders', 0, committed)] })
    const lagMs = () => groupRows(cluster.part(wholeCluster))?.[0]?.lagMs
    cluster.tick(1_000, { orders: [10n] }, at(10n))
    expect(lagMs()).toBe(0)
    cluster.tick(2_000, { orders: [15n] }, at(10n))
    expect(lagMs()).toBe(0) // seen this very moment: at least 0
    cluster.tick(3_000, { orders: [20n] }, at(10n))
    cluster.tick(9_000, { orders: [20n] }, at(10n))
    expect(lagMs()).toBe(7_000)
    cluster.tick(10_000, { orders: [20n] }, at(15n))
    expect(lagMs()).toBe(7_000) // record 15 was there at 3 s
    cluster.tick(11_000, { orders: [20n] }, at(20n))
    expect(lagMs()).toBe(0)
  })

  it('gives rates in and out, and a time to drain from the last minute', () => {
    const cluster = new KafkaTestCluster()
    cluster.groups([{ groupId: 'billing' }])
    for (let second = 0; second <= 60; second++) {
      const read = BigInt(second * 100)
      cluster.tick(
        1_000_000 + second * 1_000,
        { orders: [10_000n + BigInt(second * 10)] },
        { billing: [commit('orders', 0, read)] },
      )
    }
    const [row] = groupRows(cluster.part(wholeCluster)) ?? []
    expect(row).toMatchObject({
      lag: 4_600,
      consumedPerSecond: 100,
      messagesInPerSecond: 10,
      trend: 'draining',
    })
    expect(row?.drainMs).toBeGreaterThan(40_000)
    expect(row?.drainMs).toBeLessThan(70_000)
    expect(kafkaGroups.rowPoints?.(cluster.part(wholeCluster), 'billing').at(-1)?.[1]).toBe(4_600)
  })

  it("holds no group of another's prefix, and nothing of what an own group does with another's topics", () => {
    const cluster = new KafkaTestCluster()
    cluster.groups([{ groupId: 'acme.billing' }, { groupId: 'acme2.billing' }, { groupId: 'acme.audit' }])
    for (const second of [1, 2, 3]) {
      cluster.tick(
        second * 1_000,
        { 'acme.orders': [BigInt(10 * second)], 'other.secret': [BigInt(1_000 * second)] },
        {
          'acme.billing': [commit('acme.orders', 0, 0n), commit('other.secret', 0, 0n)],
          'acme2.billing': [commit('acme.orders', 0, 0n)],
          'acme.audit': [commit('acme.orders', 0, BigInt(second))],
        },
      )
    }
    const rows = groupRows(cluster.part(acme)) ?? []
    expect(rows.map(({ groupId }) => groupId)).toEqual(['acme.billing', 'acme.audit'])
    expect(rows[0]).toMatchObject({
      topics: ['acme.orders'],
      lag: 30,
      messagesInPerSecond: 10,
      consumedPerSecond: null,
      trend: 'unknown',
      drainMs: null,
    })
    expect(rows[1]).toMatchObject({ lag: 27, consumedPerSecond: 1 })
    expect(kafkaGroups.rowPoints?.(cluster.part(acme), 'acme.billing')).toEqual([])
    expect(kafkaGroups.rowPoints?.(cluster.part(acme), 'acme2.billing')).toEqual([])
    expect(JSON.stringify(rows)).not.toContain('secret')
  })
})
