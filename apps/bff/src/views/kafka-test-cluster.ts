import type { Instance, KafkaScope } from '@weir/contract'
import {
  COMPLETE,
  type KafkaCommit,
  type KafkaGroupMeta,
  type KafkaTopicMeta,
  type ReadingsOf,
} from '@weir/drivers'
import { derive } from '../store/derive-all.ts'
import { ReadingStore } from '../store/reading-store.ts'
import type { Part } from './view-definition.ts'

const clusterId = 'cluster'
const names = { slug: 'orders', name: 'orders', clusterName: 'shared' }

/** A Kafka cluster's readings, and instances that are shares of it, for unit tests of the views. */
export class KafkaTestCluster {
  readonly store = new ReadingStore()
  readonly derived = derive(this.store)

  put<S extends keyof ReadingsOf['kafka']>(
    source: S,
    data: ReadingsOf['kafka'][S],
    observedAt: number,
  ): void {
    this.store.put(
      clusterId,
      source,
      { data, observedAt, completeness: COMPLETE, cost: { requests: 1, durationMs: 1 } },
      1_000,
    )
  }

  /** Commits, then the end offsets of the same tick, by topic and partition. */
  tick(
    observedAt: number,
    ends: Readonly<Record<string, readonly (bigint | null)[]>>,
    commits: Readonly<Record<string, readonly KafkaCommit[]>> = {},
    starts: Readonly<Record<string, readonly bigint[]>> = {},
  ): void {
    const topics = new Map(
      Object.entries(ends).map(([topic, partitions]) => [
        topic,
        {
          topic,
          topicId: `id of ${topic}`,
          partitions: partitions.map((logEndOffset, partition) => ({
            partition,
            logStartOffset: starts[topic]?.[partition] ?? 0n,
            logEndOffset,
            observedAt,
          })),
        },
      ]),
    )
    this.put('kafka.commits', new Map(Object.entries(commits)), observedAt)
    this.put('kafka.offsets', topics, observedAt)
  }

  topics(topics: readonly KafkaTopicMeta[]): void {
    const brokers = [1, 2].map((id) => ({
      id,
      host: `kafka-${id}.internal`,
      port: 9092,
      rack: null,
      sizeBytes: 500,
      reachable: id === 1,
    }))
    this.put(
      'kafka.metadata',
      {
        version: '4.3',
        clusterId: 'secret-cluster-id',
        controllerId: 1,
        brokers,
        topics: new Map(topics.map((topic) => [topic.topic, topic])),
      },
      1_000,
    )
  }

  groups(groups: readonly (Partial<KafkaGroupMeta> & { groupId: string })[]): void {
    const whole = groups.map((group) => ({
      protocol: 'classic' as const,
      state: 'Stable',
      members: 1,
      brokerLag: null,
      ...group,
    }))
    this.put('kafka.groups', new Map(whole.map((group) => [group.groupId, group])), 1_000)
  }

  part(scope: KafkaScope): Part {
    const instance: Instance = {
      id: JSON.stringify(scope),
      tenantId: null,
      clusterId,
      kind: 'kafka',
      ...names,
      scope,
    }
    return {
      instance,
      unavailable: null,
      slot: (source) => this.store.get(clusterId, source),
      derived: this.derived,
    }
  }
}

export const wholeCluster = { all: true } as const
export const acme = { topicPrefix: 'acme.', groupPrefix: 'acme.' } as const

export function topicMeta(topic: string, change: Partial<KafkaTopicMeta> = {}): KafkaTopicMeta {
  return {
    topic,
    topicId: `id of ${topic}`,
    internal: false,
    partitions: [0, 1].map((partition) => ({
      partition,
      leader: 1,
      leaderEpoch: 0,
      replicas: [1, 2],
      isr: [1, 2],
    })),
    cleanupPolicy: 'delete',
    retentionMs: 604_800_000,
    sizeBytes: 100,
    ...change,
  }
}

export function commit(topic: string, partition: number, committedOffset: bigint): KafkaCommit {
  return { topic, partition, committedOffset }
}
