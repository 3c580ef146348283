import { KafkaOverview } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { kafkaOverview } from './kafka-overview.ts'
import { acme, commit, KafkaTestCluster, topicMeta, wholeCluster } from './kafka-test-cluster.ts'

function cluster(): KafkaTestCluster {
  const made = new KafkaTestCluster()
  const leaderless = [{ partition: 0, leader: null, leaderEpoch: 0, replicas: [2], isr: [] }]
  made.topics([
    topicMeta('acme.orders'),
    topicMeta('other.orders'),
    topicMeta('__consumer_offsets', { internal: true, partitions: leaderless }),
  ])
  made.groups([{ groupId: 'acme.billing' }, { groupId: 'other.billing' }])
  for (const second of [1, 2, 3]) {
    const n = BigInt(second)
    made.tick(
      second * 1_000,
      { 'acme.orders': [100n * n, 100n * n], 'other.orders': [7n * n, 0n], __consumer_offsets: [1_000n * n] },
      {
        'acme.billing': [commit('acme.orders', 0, 50n * n), commit('acme.orders', 1, 50n * n)],
        'other.billing': [commit('other.orders', 0, n)],
      },
    )
  }
  return made
}

function recordOf(scope: typeof acme | typeof wholeCluster) {
  const projection = kafkaOverview.project([cluster().part(scope)], { type: 'kafka.overview' })
  return projection.status === 'record' ? projection.record : null
}

describe('kafka.overview', () => {
  it('counts a whole cluster, its brokers and what is wrong with any replica', () => {
    const record = recordOf(wholeCluster)
    expect(record).toEqual({
      version: '4.3',
      clusterId: 'secret-cluster-id',
      controllerId: 1,
      brokers: [
        {
          id: 1,
          host: 'kafka-1.internal',
          port: 9092,
          rack: null,
          reachable: true,
          leaders: 4,
          sizeBytes: 500,
        },
        {
          id: 2,
          host: 'kafka-2.internal',
          port: 9092,
          rack: null,
          reachable: false,
          leaders: 0,
          sizeBytes: 500,
        },
      ],
      topics: 2,
      partitions: 4,
      underReplicatedPartitions: 1,
      leaderlessPartitions: 1,
      groups: 2,
      lag: 318,
      messagesInPerSecond: 207,
      messagesOutPerSecond: 101,
    })
    expect(() => KafkaOverview.parse(record)).not.toThrow()
  })

  it("counts a share's own topics and groups alone, and tells nothing of the cluster", () => {
    const record = recordOf(acme)
    expect(record).toEqual({
      version: '4.3',
      clusterId: null,
      controllerId: null,
      brokers: null,
      topics: 1,
      partitions: 2,
      underReplicatedPartitions: 0,
      leaderlessPartitions: 0,
      groups: 1,
      lag: 300,
      messagesInPerSecond: 200,
      messagesOutPerSecond: 100,
    })
  })

  it('waits for Metadata, and leaves lag unknown until groups are read', () => {
    const made = new KafkaTestCluster()
    const project = () => kafkaOverview.project([made.part(wholeCluster)], { type: 'kafka.overview' })
    expect(project()).toEqual({ status: 'waiting' })
    made.topics([topicMeta('orders')])
    expect(project()).toMatchObject({ status: 'record', record: { groups: null, lag: null, topics: 1 } })
  })
})
