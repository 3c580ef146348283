import { KafkaTopicRow } from '@weir/contract'
import { describe, expect, it } from 'vitest'
import { acme, KafkaTestCluster, topicMeta, wholeCluster } from './kafka-test-cluster.ts'
import { kafkaTopics, topicRows } from './kafka-topics.ts'

describe('kafka.topics', () => {
  it('waits for Metadata', () => {
    const cluster = new KafkaTestCluster()
    cluster.tick(1_000, { 'acme.orders': [10n, 20n] })
    expect(kafkaTopics.project([cluster.part(wholeCluster)], { type: 'kafka.topics' })).toEqual({
      status: 'waiting',
    })
  })

  it('counts messages from log starts to log ends, and their rate from the growth of the ends', () => {
    const cluster = new KafkaTestCluster()
    cluster.topics([topicMeta('orders')])
    cluster.tick(1_000, { orders: [10n, 20n] }, {}, { orders: [5n, 0n] })
    cluster.tick(3_000, { orders: [110n, 120n] }, {}, { orders: [5n, 0n] })
    const rows = topicRows(cluster.part(wholeCluster))
    expect(rows).toEqual([
      {
        key: 'orders',
        topic: 'orders',
        internal: false,
        partitions: 2,
        replicationFactor: 2,
        messages: 225,
        messagesInPerSecond: 100,
        sizeBytes: 100,
        cleanupPolicy: 'delete',
        retentionMs: 604_800_000,
        underReplicatedPartitions: 0,
        leaderlessPartitions: 0,
      },
    ])
    expect(() => KafkaTopicRow.parse(rows?.[0])).not.toThrow()
  })

  it('tells no sum while one end is unknown, and nothing of the topic that had the name before', () => {
    const cluster = new KafkaTestCluster()
    cluster.topics([topicMeta('orders'), topicMeta('anew', { topicId: 'another id' })])
    cluster.tick(1_000, { orders: [10n, null], anew: [1_000n] })
    const rows = topicRows(cluster.part(wholeCluster)) ?? []
    expect(rows.map(({ topic, messages }) => [topic, messages])).toEqual([
      ['orders', null],
      ['anew', null],
    ])
  })

  it('counts partitions without a leader and those whose replicas lag', () => {
    const cluster = new KafkaTestCluster()
    const rows = [
      { partition: 0, leader: null, leaderEpoch: 3, replicas: [2], isr: [] },
      { partition: 1, leader: 1, leaderEpoch: 3, replicas: [1, 2], isr: [1] },
      { partition: 2, leader: 1, leaderEpoch: 3, replicas: [1, 2], isr: [1, 2] },
    ]
    cluster.topics([topicMeta('orders', { partitions: rows })])
    expect(topicRows(cluster.part(wholeCluster))).toMatchObject([
      { partitions: 3, underReplicatedPartitions: 2, leaderlessPartitions: 1, messages: null },
    ])
  })

  it("holds nothing of another's prefix, however much it looks like one's own", () => {
    const cluster = new KafkaTestCluster()
    cluster.topics([
      topicMeta('acme.orders'),
      topicMeta('acme2.orders'),
      topicMeta('acmeorders'),
      topicMeta('__consumer_offsets', { internal: true }),
    ])
    expect(topicRows(cluster.part(acme))?.map(({ topic }) => topic)).toEqual(['acme.orders'])
    expect(topicRows(cluster.part(wholeCluster))).toHaveLength(4)
  })
})
