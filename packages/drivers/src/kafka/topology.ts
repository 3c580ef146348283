import {
  describeQuorumV0,
  describeQuorumV1,
  describeQuorumV2,
  metadataV10,
  metadataV11,
  metadataV12,
} from '@platformatic/kafka'
import { BrokerError } from '../errors.ts'
import type { BrokerConnection } from './broker-connection.ts'
import type { BrokerPool, KafkaBrokerMeta } from './broker-pool.ts'
import { KafkaCode } from './errors.ts'
import type { KafkaPartitionMeta } from './readings.ts'

export interface TopicTopology {
  readonly topic: string
  readonly topicId: string
  readonly internal: boolean
  readonly partitions: readonly KafkaPartitionMeta[]
}

export interface Topology {
  readonly clusterId: string | null
  readonly controllerId: number | null
  /** Those in Metadata, and those gone from it that still hold replicas. */
  readonly brokers: readonly KafkaBrokerMeta[]
  /** The ids of the brokers that Metadata names. */
  readonly alive: ReadonlySet<number>
  /** The same map as before where nothing of it changed. */
  readonly topics: ReadonlyMap<string, TopicTopology>
  /** When Metadata was answered; epoch ms. */
  readonly observedAt: number
}

type MetadataAnswer = Awaited<ReturnType<typeof metadataV12.api.async>>

/** The more partitions, the less often Metadata is asked: every 3 s up to 600 of them, every 30 s from 6,000 on. */
const PER_PARTITION_MS = 5
const FASTEST_MS = 3_000
const SLOWEST_MS = 30_000
/** The controller changes when one dies. */
const QUORUM_EVERY_MS = 10_000
/** However many answers call for it, Metadata is asked at most once in so long. */
const LEAST_MS = 1_000
const FAILURE_HOLDS_MS = 400
/** A refusal is remembered for so long: each question writes a line into the operator's log. */
const REFUSED_MS = 10 * 60_000

/**
 * Which brokers, topics and leaders there are. Asked of any one broker, on a clock and when an answer shows that what
 * we know is old.
 */
export class TopologyKeeper {
  readonly #pool: BrokerPool
  readonly #others: readonly BrokerPool[]
  readonly #listeners = new Set<() => void>()
  #current: Topology | null = null
  #refreshing: Promise<Topology> | null = null
  #refreshedAt = Number.NEGATIVE_INFINITY
  #stale = false
  /** Why the last refresh found no broker that answers, and when; null where it found one. */
  #failure: { readonly error: unknown; readonly at: number } | null = null
  #controllerId: number | null = null
  #quorumNotBefore = Number.NEGATIVE_INFINITY
  #missedOnce: ReadonlySet<string> = new Set()
  /** How many requests it took, ever. */
  requests = 0

  /** Asks by way of `pool`; the `others` are told which brokers there are, too. */
  constructor(pool: BrokerPool, others: readonly BrokerPool[]) {
    this.#pool = pool
    this.#others = others
  }

  get current(): Topology | null {
    return this.#current
  }

  /** What is known, at once; asks in the background where that is old. Throws: BrokerError, where nothing is known. */
  async known(): Promise<Topology> {
    if (!this.#current || this.#failure) return this.refresh()
    if (this.#isDue()) void this.refresh().catch(() => {}) // the polls tell what is wrong with the brokers
    return this.#current
  }

  /** Asks now. Throws: BrokerError, when no broker answers. */
  async refresh(): Promise<Topology> {
    // Sources that fail together needn't each wait for the same broker.
    if (this.#failure && performance.now() - this.#failure.at < FAILURE_HOLDS_MS) throw this.#failure.error
    this.#refreshing ??= this.#ask().finally(() => {
      this.#refreshing = null
    })
    try {
      const topology = await this.#refreshing
      this.#failure = null
      return topology
    } catch (error) {
      this.#failure = { error, at: performance.now() }
      throw error
    }
  }

  /** An answer has shown that a leader moved or a topic was made anew. */
  markStale(): void {
    this.#stale = true
  }

  /** Calls `listener` when brokers, topics, leaders or in-sync replicas have changed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #isDue(): boolean {
    const age = performance.now() - this.#refreshedAt
    if (this.#stale || this.#missedOnce.size > 0) return age >= LEAST_MS
    const partitions = this.#current ? partitionCount(this.#current.topics) : 0
    return age >= Math.min(SLOWEST_MS, Math.max(FASTEST_MS, PER_PARTITION_MS * partitions))
  }

  async #ask(): Promise<Topology> {
    this.#stale = false
    this.#refreshedAt = performance.now()
    const answer = await this.#pool.any(async (broker) => {
      this.requests += 1
      const versions = [metadataV12.api, metadataV11.api, metadataV10.api]
      const told = await broker.call('Metadata', versions, null, false, false)
      if (!this.#pool.trusts(broker)) this.#stale = true
      return told
    })
    const observedAt = Date.now()
    const brokers = answer.brokers.map(({ nodeId, host, port, rack }) => ({
      id: nodeId,
      host,
      port,
      rack: rack ?? null,
    }))
    for (const pool of [this.#pool, ...this.#others]) pool.setBrokers(brokers)
    const asking = this.#refreshController()
    if (!this.#current) await asking
    const before = this.#current
    const topics = this.#merged(answer)
    const alive = new Set(brokers.map(({ id }) => id))
    const next: Topology = {
      clusterId: answer.clusterId ?? null,
      controllerId: this.#controllerId,
      brokers: [...brokers, ...formerBrokers(before, alive, topics)].sort((a, b) => a.id - b.id),
      alive,
      topics,
      observedAt,
    }
    if (before && sameTopology(before, next)) {
      // The same map of topics, so that what is made of it needn't be made again.
      this.#current = { ...before, observedAt }
      return this.#current
    }
    this.#current = next
    for (const listener of [...this.#listeners]) listener()
    return next
  }

  /** A topic is gone only when two answers in a row agree: a broker that has just come back answers from before. */
  #merged(answer: MetadataAnswer): Map<string, TopicTopology> {
    const before = this.#current?.topics ?? new Map<string, TopicTopology>()
    const topics = new Map<string, TopicTopology>()
    for (const told of answer.topics) {
      if (!told.name || told.partitions.length === 0) continue
      topics.set(told.name, topicOf(told, told.name))
    }
    const missing = new Set<string>()
    for (const [name, topic] of before) {
      if (topics.has(name) || this.#missedOnce.has(name)) continue
      missing.add(name)
      topics.set(name, topic)
    }
    this.#missedOnce = missing
    return topics
  }

  /**
   * The KRaft leader: `controllerId` of Metadata is a random live broker. Not waited for after the first time: a broker
   * passes the question on to the controller, and without one it hangs.
   */
  async #refreshController(): Promise<void> {
    const now = performance.now()
    if (now < this.#quorumNotBefore) return
    this.#quorumNotBefore = now + QUORUM_EVERY_MS
    try {
      this.#controllerId = await this.#pool.any((broker) => this.#quorumLeader(broker))
      if (this.#controllerId === null) this.#quorumNotBefore = now + REFUSED_MS
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error // else the last one known stands
    }
  }

  async #quorumLeader(broker: BrokerConnection): Promise<number | null> {
    this.requests += 1
    const versions = [describeQuorumV2.api, describeQuorumV1.api, describeQuorumV0.api]
    const asked = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }]
    const { errorCode, topics } = await broker.call('DescribeQuorum', versions, asked)
    const partition = topics[0]?.partitions[0]
    if (errorCode !== KafkaCode.none || !partition || partition.errorCode !== KafkaCode.none) return null
    return partition.leaderId
  }
}

export function partitionCount(topics: ReadonlyMap<string, TopicTopology>): number {
  let count = 0
  for (const { partitions } of topics.values()) count += partitions.length
  return count
}

function topicOf(told: MetadataAnswer['topics'][number], topic: string): TopicTopology {
  const partitions = told.partitions
    .map((row) => ({
      partition: row.partitionIndex,
      leader: row.leaderId < 0 ? null : row.leaderId,
      leaderEpoch: row.leaderEpoch,
      replicas: row.replicaNodes,
      isr: row.isrNodes,
    }))
    .sort((a, b) => a.partition - b.partition)
  return { topic, topicId: told.topicId, internal: told.isInternal, partitions }
}

/** A dead broker vanishes from Metadata; while partitions name it as a replica it stays on our list. */
function formerBrokers(
  before: Topology | null,
  alive: ReadonlySet<number>,
  topics: ReadonlyMap<string, TopicTopology>,
): KafkaBrokerMeta[] {
  const gone = before?.brokers.filter(({ id }) => !alive.has(id)) ?? []
  if (gone.length === 0) return []
  const named = new Set(
    [...topics.values()].flatMap((topic) => topic.partitions.flatMap((row) => row.replicas)),
  )
  return gone.filter(({ id }) => named.has(id))
}

function sameTopology(a: Topology, b: Topology): boolean {
  if (a.controllerId !== b.controllerId || a.topics.size !== b.topics.size) return false
  if (JSON.stringify(a.brokers) !== JSON.stringify(b.brokers) || a.alive.size !== b.alive.size) return false
  for (const [name, topic] of a.topics) {
    const other = b.topics.get(name)
    if (!other || other.topicId !== topic.topicId || !samePartitions(topic.partitions, other.partitions))
      return false
  }
  return true
}

function samePartitions(a: readonly KafkaPartitionMeta[], b: readonly KafkaPartitionMeta[]): boolean {
  return (
    a.length === b.length &&
    a.every((row, index) => {
      const other = b[index]
      return (
        other !== undefined &&
        row.leader === other.leader &&
        row.leaderEpoch === other.leaderEpoch &&
        row.isr.length === other.isr.length &&
        row.replicas.length === other.replicas.length
      )
    })
  )
}
