import { ConfigResourceTypes, describeConfigsV4, describeLogDirsV4 } from '@platformatic/kafka'
import { BrokerError } from '../errors.ts'
import type { BrokerPool } from './broker-pool.ts'
import { KafkaCode, meansDenied } from './errors.ts'
import { FanOut } from './fan-out.ts'
import type { Topology } from './topology.ts'

export interface TopicFacts {
  readonly cleanupPolicy: string | null
  readonly retentionMs: number | null
}

type LogDirsAnswer = Awaited<ReturnType<typeof describeLogDirsV4.api.async>>

/** Sizes and settings: nobody's screen depends on the second. */
const EVERY_MS = 30_000
/** A refusal is remembered for so long: each question writes a line into the operator's log. */
const REFUSED_MS = 10 * 60_000
/** Topics in one DescribeConfigs. */
const CHUNK = 500

/** What topics are set to and how much disk they take, on a slow clock. Unknown (null) where these credentials may not. */
export class TopicFactsReader {
  readonly #pool: BrokerPool
  readonly #fanOut = new FanOut()
  readonly #facts = new Map<string, TopicFacts>()
  /** Bytes of each topic's replicas, by broker. */
  readonly #sizes = new Map<number, ReadonlyMap<string, number>>()
  #readAt = Number.NEGATIVE_INFINITY
  #sizesRefusedAt = Number.NEGATIVE_INFINITY
  /** How many requests it took, ever. */
  requests = 0

  constructor(pool: BrokerPool) {
    this.#pool = pool
  }

  /** Reads what is due: everything on the clock, the settings of new topics at once. Failures leave what was known. */
  async refresh(topology: Topology): Promise<void> {
    const due = performance.now() - this.#readAt >= EVERY_MS
    const topics = [...topology.topics.values()]
    const asked = due ? topics : topics.filter(({ topicId }) => !this.#facts.has(topicId))
    if (due) {
      this.#readAt = performance.now()
      this.#forgetGone(new Set(topics.map(({ topicId }) => topicId)))
    }
    await this.#readConfigs(asked.map(({ topic, topicId }) => [topic, topicId]))
    if (due) await this.#readSizes(topology)
  }

  of(topicId: string): TopicFacts | undefined {
    return this.#facts.get(topicId)
  }

  /** Over all replicas; null while a broker that holds some hasn't told. */
  sizeOf(topic: string, brokers: Iterable<number>): number | null {
    let bytes = 0
    for (const broker of brokers) {
      const told = this.#sizes.get(broker)
      if (!told) return null
      bytes += told.get(topic) ?? 0
    }
    return bytes
  }

  sizeOn(broker: number): number | null {
    const told = this.#sizes.get(broker)
    return told ? [...told.values()].reduce((sum, bytes) => sum + bytes, 0) : null
  }

  #forgetGone(there: ReadonlySet<string>): void {
    for (const topicId of this.#facts.keys()) if (!there.has(topicId)) this.#facts.delete(topicId)
  }

  async #readConfigs(topics: readonly (readonly [topic: string, topicId: string])[]): Promise<void> {
    const idOf = new Map(topics)
    for (let at = 0; at < topics.length; at += CHUNK) {
      const resources = topics.slice(at, at + CHUNK).map(([resourceName]) => ({
        resourceType: ConfigResourceTypes.TOPIC,
        resourceName,
        configurationKeys: ['cleanup.policy', 'retention.ms'],
      }))
      try {
        const { results } = await this.#pool.any((broker) => {
          this.requests += 1
          return broker.call('DescribeConfigs', [describeConfigsV4.api], resources, false, false)
        })
        for (const { resourceName, errorCode, configs } of results) {
          const value = (name: string) => configs.find((config) => config.name === name)?.value ?? null
          const topicId = idOf.get(resourceName)
          if (topicId === undefined || (errorCode !== KafkaCode.none && !meansDenied(errorCode))) continue
          const retention = value('retention.ms')
          this.#facts.set(topicId, {
            cleanupPolicy: value('cleanup.policy'),
            retentionMs: retention === null ? null : Number(retention),
          })
        }
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error // else the next clock asks again
      }
    }
  }

  async #readSizes({ alive }: Topology): Promise<void> {
    if (performance.now() - this.#sizesRefusedAt < REFUSED_MS) return
    await this.#fanOut.round(alive, async (brokerId) => {
      const startedAt = performance.now()
      this.requests += 1
      const answer = await this.#pool
        .required(brokerId)
        .call('DescribeLogDirs', [describeLogDirsV4.api], null)
      if (answer.errorCode === KafkaCode.none) this.#sizes.set(brokerId, sizesIn(answer))
      else if (meansDenied(answer.errorCode)) this.#sizesRefusedAt = performance.now()
      return performance.now() - startedAt
    })
  }
}

/** Replicas that are being moved here (`isFutureKey`) take their room too. */
function sizesIn({ results }: LogDirsAnswer): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const { topics } of results) {
    for (const { name, partitions } of topics) {
      const bytes = partitions.reduce((sum, { partitionSize }) => sum + Number(partitionSize), 0)
      sizes.set(name, (sizes.get(name) ?? 0) + bytes)
    }
  }
  return sizes
}
