import { COMPLETE, type Demand, type Reading } from '../driver.ts'
import { pollEvery } from '../poll-every.ts'
import type { BrokerPool } from './broker-pool.ts'
import { releaseOf } from './metadata-version.ts'
import type { KafkaMetadata, KafkaTopicMeta } from './readings.ts'
import type { TopicFactsReader } from './topic-facts.ts'
import type { Topology, TopologyKeeper } from './topology.ts'

/** How often we look whether a broker fell silent or came back. Asks nothing of anybody. */
const LOOK_MS = 1_000

/** `kafka.metadata`: brokers, topics, leaders and settings. Read at the wanted pace, and at once when they change. */
export class MetadataSource {
  readonly #pool: BrokerPool
  readonly #polls: BrokerPool
  readonly #topology: TopologyKeeper
  readonly #facts: TopicFactsReader
  #version: string | null = null

  /** Asks by way of `pool`; whether a broker can be reached is what the `polls` see. */
  constructor(pool: BrokerPool, polls: BrokerPool, topology: TopologyKeeper, facts: TopicFactsReader) {
    this.#pool = pool
    this.#polls = polls
    this.#topology = topology
    this.#facts = facts
  }

  async *watch(demand: Demand, signal: AbortSignal): AsyncGenerator<Reading<KafkaMetadata>> {
    const changes = new ChangeDemand(demand, () => this.#reachable())
    const stop = this.#topology.onChange(() => changes.hurry())
    const looking = setInterval(() => changes.look(), LOOK_MS)
    try {
      // A hurried read takes what is known already: whoever found the change has asked.
      yield* pollEvery(
        changes,
        signal,
        () => this.#read(changes.hurried).finally(() => changes.served()),
        ({ cost }) => cost.durationMs,
      )
    } finally {
      stop()
      clearInterval(looking)
    }
  }

  async #read(hurried: boolean): Promise<Reading<KafkaMetadata>> {
    const startedAt = performance.now()
    const before = this.#requests()
    const topology = await (hurried ? this.#topology.known() : this.#topology.refresh())
    const durationMs = performance.now() - startedAt
    await this.#facts.refresh(topology)
    this.#version ??= releaseOf(await this.#pool.any((broker) => broker.apiVersions()))
    return {
      data: this.#assembled(topology),
      observedAt: topology.observedAt,
      completeness: COMPLETE,
      cost: { requests: this.#requests() - before, durationMs },
    }
  }

  #requests(): number {
    return this.#topology.requests + this.#facts.requests
  }

  #reachable(): string {
    const brokers = this.#topology.current?.brokers ?? []
    return brokers.map(({ id }) => (this.#polls.failing(id) ? '-' : '+')).join('')
  }

  #assembled(topology: Topology): KafkaMetadata {
    const topics = new Map<string, KafkaTopicMeta>()
    for (const [name, topic] of topology.topics) {
      const holders = new Set(topic.partitions.flatMap(({ replicas }) => replicas))
      topics.set(name, {
        ...topic,
        cleanupPolicy: this.#facts.of(topic.topicId)?.cleanupPolicy ?? null,
        retentionMs: this.#facts.of(topic.topicId)?.retentionMs ?? null,
        sizeBytes: this.#facts.sizeOf(name, holders),
      })
    }
    return {
      version: this.#version,
      clusterId: topology.clusterId,
      controllerId: topology.controllerId,
      brokers: topology.brokers.map((broker) => ({
        ...broker,
        sizeBytes: this.#facts.sizeOn(broker.id),
        reachable: topology.alive.has(broker.id) && !this.#polls.failing(broker.id),
      })),
      topics,
    }
  }
}

/** A demand that asks for a reading at once when something changed by itself. */
class ChangeDemand implements Demand {
  readonly #demand: Demand
  readonly #state: () => string
  readonly #listeners = new Set<() => void>()
  /** Whether something changed since the last reading. */
  hurried = false
  #seen: string | null = null

  constructor(demand: Demand, state: () => string) {
    this.#demand = demand
    this.#state = state
  }

  current() {
    const wanted = this.#demand.current()
    return this.hurried ? { ...wanted, cadenceMs: 0 } : wanted
  }

  onChange(listener: () => void): () => void {
    const stop = this.#demand.onChange(listener)
    this.#listeners.add(listener)
    return () => {
      stop()
      this.#listeners.delete(listener)
    }
  }

  look(): void {
    if (this.#seen !== null && this.#seen !== this.#state()) this.hurry()
  }

  hurry(): void {
    this.hurried = true
    for (const listener of [...this.#listeners]) listener()
  }

  /** A reading has been made of all that changed so far. */
  served(): void {
    this.hurried = false
    this.#seen = this.#state()
  }
}
