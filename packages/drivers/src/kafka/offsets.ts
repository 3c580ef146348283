import { listOffsetsV7, listOffsetsV8, listOffsetsV9 } from '@platformatic/kafka'
import { COMPLETE, type Completeness, type Reading } from '../driver.ts'
import type { BrokerConnection } from './broker-connection.ts'
import type { BrokerPool } from './broker-pool.ts'
import { noteOn } from './completeness.ts'
import { KafkaCode, meansDenied, meansMoved } from './errors.ts'
import { FanOut, failureOf, type Round } from './fan-out.ts'
import type { KafkaPartitionOffsets, KafkaTopicOffsets } from './readings.ts'
import type { Topology, TopologyKeeper } from './topology.ts'

const LATEST = -1n
const EARLIEST = -2n
/** A fall that lasts so long is no slip of a broker's: then it is the truth. */
const BELIEVE_FALL_MS = 5_000
/** Log starts move by retention and by DeleteRecords only. */
const STARTS_EVERY_MS = 10_000

type ListOffsetsAnswer = Awaited<ReturnType<typeof listOffsetsV9.api.async>>
type AnsweredPartition = ListOffsetsAnswer['topics'][number]['partitions'][number]
type AskedTopics = Parameters<typeof listOffsetsV9.api.async>[3]

/** What is known of one partition's log. */
interface LogEnds {
  start: bigint | null
  end: bigint | null
  epoch: number
  observedAt: number
  /** Since when the broker tells a lower end in the same epoch; performance.now(). */
  fallingSince: number | null
}

/** The requests that a topology asks for: by leader, what to ask it. */
interface Plan {
  readonly topology: Topology
  readonly ends: ReadonlyMap<number, AskedTopics>
  readonly starts: ReadonlyMap<number, AskedTopics>
  readonly leaderless: boolean
}

/** Log start and end of every partition: one ListOffsets per broker and tick, one more for the starts now and then. */
export class OffsetsReader {
  readonly #pool: BrokerPool
  readonly #topology: TopologyKeeper
  readonly #fanOut = new FanOut()
  readonly #startsReadAt = new Map<number, number>()
  #plan: Plan | null = null
  #logs = new Map<string, LogEnds[]>()
  #denied = false
  #requests = 0

  constructor(pool: BrokerPool, topology: TopologyKeeper) {
    this.#pool = pool
    this.#topology = topology
  }

  /** Throws: BrokerError, when no broker answers. */
  async read(): Promise<Reading<ReadonlyMap<string, KafkaTopicOffsets>>> {
    this.#requests = 0
    const before = this.#topology.requests
    const plan = this.#planFor(await this.#topology.known())
    const round = await this.#fanOut.round(plan.ends.keys(), (broker) => this.#ask(broker, plan))
    const failure = failureOf(round)
    if (failure) throw failure
    const requests = this.#requests + this.#topology.requests - before
    return {
      data: this.#assembled(plan.topology),
      observedAt: Date.now(),
      completeness: this.#completeness(plan, round),
      cost: { requests, durationMs: round.busyMs },
    }
  }

  /** The last end told, whatever its age; null: none yet. */
  endOf(topic: string, partition: number): bigint | null {
    return this.#logOf(topic, partition)?.end ?? null
  }

  startOf(topic: string, partition: number): bigint | null {
    return this.#logOf(topic, partition)?.start ?? null
  }

  #logOf(topic: string, partition: number): LogEnds | undefined {
    const topicId = this.#topology.current?.topics.get(topic)?.topicId
    return topicId === undefined ? undefined : this.#logs.get(topicId)?.[partition]
  }

  /** Answers how long the broker was at it, the way there and back taken off. */
  async #ask(brokerId: number, plan: Plan): Promise<number> {
    const broker = this.#pool.required(brokerId)
    let tookMs = await this.#list(broker, plan.ends.get(brokerId) ?? [], plan, (log, row) =>
      this.#end(log, row),
    )
    if (
      performance.now() - (this.#startsReadAt.get(brokerId) ?? Number.NEGATIVE_INFINITY) >=
      STARTS_EVERY_MS
    ) {
      tookMs += await this.#list(broker, plan.starts.get(brokerId) ?? [], plan, (log, row) => {
        log.start = row.offset
      })
      this.#startsReadAt.set(brokerId, performance.now())
    }
    return tookMs
  }

  async #list(
    broker: BrokerConnection,
    topics: AskedTopics,
    plan: Plan,
    take: (log: LogEnds, row: AnsweredPartition) => void,
  ): Promise<number> {
    const startedAt = performance.now()
    this.#requests += 1
    // Isolation 0: the high watermark. 1 would be the last stable offset, which stands still in an open transaction.
    const answer = await broker.call(
      'ListOffsets',
      [listOffsetsV9.api, listOffsetsV8.api, listOffsetsV7.api],
      -1,
      0,
      topics,
    )
    const tookMs = Math.max(0, performance.now() - startedAt - broker.roundTripMs)
    for (const { name, partitions } of answer.topics) {
      const topicId = plan.topology.topics.get(name)?.topicId
      const logs = topicId === undefined ? undefined : this.#logs.get(topicId)
      for (const row of partitions) {
        const log = logs?.[row.partitionIndex]
        if (log && row.errorCode === KafkaCode.none) take(log, row)
        else this.#refused(row.errorCode)
      }
    }
    return tookMs
  }

  #refused(code: number): void {
    if (meansMoved(code)) this.#topology.markStale()
    if (meansDenied(code)) this.#denied = true
  }

  /**
   * Within a leader epoch an end offset can't fall. Where it seems to, either the broker was frozen and answers from
   * before, or the topic was made anew under its old name: Metadata will say which.
   */
  #end(log: LogEnds, row: AnsweredPartition): void {
    const fell = log.end !== null && row.offset < log.end && row.leaderEpoch <= log.epoch
    if (fell) {
      this.#topology.markStale()
      log.fallingSince ??= performance.now()
      if (performance.now() - log.fallingSince < BELIEVE_FALL_MS) return
    }
    log.fallingSince = null
    log.end = row.offset
    log.epoch = row.leaderEpoch
    log.observedAt = Date.now()
  }

  #planFor(topology: Topology): Plan {
    if (this.#plan?.topology.topics === topology.topics) return this.#plan
    this.#plan = planOf(topology)
    this.#logs = keptLogs(this.#logs, topology)
    this.#denied = false
    this.#startsReadAt.clear()
    return this.#plan
  }

  #assembled(topology: Topology): Map<string, KafkaTopicOffsets> {
    const data = new Map<string, KafkaTopicOffsets>()
    for (const { topic, topicId, partitions } of topology.topics.values()) {
      const logs = this.#logs.get(topicId)
      data.set(topic, {
        topic,
        topicId,
        partitions: partitions.map(({ partition }) => offsetsOf(partition, logs?.[partition])),
      })
    }
    return data
  }

  #completeness(plan: Plan, round: Round): Completeness {
    const notes = noteOn(round)
    if (plan.leaderless) notes.push('partitions without a leader keep their last offsets')
    if (this.#denied) notes.push('these credentials may not see the offsets of some topics')
    return notes.length === 0 ? COMPLETE : { complete: false, note: notes.join('; ') }
  }
}

function offsetsOf(partition: number, log: LogEnds | undefined): KafkaPartitionOffsets {
  return {
    partition,
    logStartOffset: log?.start ?? null,
    logEndOffset: log?.end ?? null,
    observedAt: log?.observedAt ?? 0,
  }
}

function planOf(topology: Topology): Plan {
  const ends = new Map<number, AskedTopics>()
  const starts = new Map<number, AskedTopics>()
  let leaderless = false
  for (const { topic, partitions } of topology.topics.values()) {
    const byLeader = Map.groupBy(partitions, ({ leader }) => leader)
    for (const [leader, rows] of byLeader) {
      if (leader === null) {
        leaderless = true
        continue
      }
      const asked = (timestamp: bigint) => ({
        name: topic,
        partitions: rows.map((row) => ({
          partitionIndex: row.partition,
          currentLeaderEpoch: row.leaderEpoch,
          timestamp,
        })),
      })
      listOf(ends, leader).push(asked(LATEST))
      listOf(starts, leader).push(asked(EARLIEST))
    }
  }
  return { topology, ends, starts, leaderless }
}

function listOf(lists: Map<number, AskedTopics>, key: number): AskedTopics {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** What is known of topics that are still there; topics made anew begin with nothing known. */
function keptLogs(before: ReadonlyMap<string, LogEnds[]>, topology: Topology): Map<string, LogEnds[]> {
  const kept = new Map<string, LogEnds[]>()
  for (const { topicId, partitions } of topology.topics.values()) {
    const logs = before.get(topicId) ?? []
    for (const { partition } of partitions) {
      logs[partition] ??= { start: null, end: null, epoch: -1, observedAt: 0, fallingSince: null }
    }
    kept.set(topicId, logs)
  }
  return kept
}
