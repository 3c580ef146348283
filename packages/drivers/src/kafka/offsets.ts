import { COMPLETE, type Completeness, type Reading } from '../driver.ts'
import type { BrokerConnection } from './broker-connection.ts'
import type { BrokerPool } from './broker-pool.ts'
import { noteOn } from './completeness.ts'
import { KafkaCode, meansDenied, meansMoved } from './errors.ts'
import { FanOut, failureOf, type Round } from './fan-out.ts'
import {
  type AskedTopic,
  eachListedOffset,
  type ListedOffset,
  listOffsetsApis,
  listOffsetsRequest,
} from './list-offsets-codec.ts'
import type { KafkaPartitionOffsets, KafkaTopicOffsets } from './readings.ts'
import type { Topology, TopologyKeeper } from './topology.ts'

const LATEST = -1n
const EARLIEST = -2n
/** A fall that lasts so long is no slip of a broker's: then it is the truth. */
const BELIEVE_FALL_MS = 5_000
/** Log starts move by retention and by DeleteRecords only. */
const STARTS_EVERY_MS = 10_000

/** What is known of one partition's log. */
interface LogEnds {
  start: bigint | null
  end: bigint | null
  epoch: number
  observedAt: number
  /** Since when the broker tells a lower end in the same epoch; performance.now(). */
  fallingSince: number | null
}

/** The requests that a topology asks for: by leader, their bytes. */
interface Plan {
  readonly topology: Topology
  readonly ends: ReadonlyMap<number, Buffer>
  readonly starts: ReadonlyMap<number, Buffer>
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
    const now = performance.now()
    const startsDue = now - (this.#startsReadAt.get(brokerId) ?? Number.NEGATIVE_INFINITY) >= STARTS_EVERY_MS
    let tookMs = await this.#list(broker, plan.ends.get(brokerId), plan, (log, row) => this.#end(log, row))
    if (startsDue) {
      this.#startsReadAt.set(brokerId, now)
      tookMs += await this.#list(broker, plan.starts.get(brokerId), plan, (log, row) => {
        log.start = row.offset
      })
    }
    return tookMs
  }

  async #list(
    broker: BrokerConnection,
    request: Buffer | undefined,
    plan: Plan,
    take: (log: LogEnds, row: ListedOffset) => void,
  ): Promise<number> {
    if (!request) return 0
    const startedAt = performance.now()
    this.#requests += 1
    const answer = await broker.call('ListOffsets', listOffsetsApis, request)
    const tookMs = Math.max(0, performance.now() - startedAt - broker.roundTripMs)
    await eachListedOffset(answer, (row) => {
      const topicId = plan.topology.topics.get(row.topic)?.topicId
      const log = topicId === undefined ? undefined : this.#logs.get(topicId)?.[row.partition]
      if (log && row.errorCode === KafkaCode.none) take(log, row)
      else this.#refused(row.errorCode)
    })
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
  #end(log: LogEnds, row: ListedOffset): void {
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
  const byLeader = new Map<number, AskedTopic[]>()
  let leaderless = false
  for (const { topic, partitions } of topology.topics.values()) {
    for (const [leader, rows] of Map.groupBy(partitions, (row) => row.leader)) {
      if (leader === null) {
        leaderless = true
        continue
      }
      const asked = byLeader.get(leader) ?? []
      asked.push({ topic, partitions: rows })
      byLeader.set(leader, asked)
    }
  }
  const requests = (timestamp: bigint) =>
    new Map([...byLeader].map(([leader, topics]) => [leader, listOffsetsRequest(topics, timestamp)]))
  return { topology, ends: requests(LATEST), starts: requests(EARLIEST), leaderless }
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
