import type { AddressOf, BrokerDriver, Demand, KafkaTarget, Reading, SourceOf } from '../driver.ts'
import { pollEvery } from '../poll-every.ts'
import { BrokerPool } from './broker-pool.ts'
import { capabilitiesOf } from './capabilities.ts'
import { CommitsReader } from './commits.ts'
import { GroupDetailReader } from './group-detail.ts'
import { GroupList } from './group-list.ts'
import { GroupsReader } from './groups.ts'
import { LagPoll } from './lag-poll.ts'
import { MarkerWatch } from './marker-watch.ts'
import { MetadataSource } from './metadata-source.ts'
import {
  type CommitWish,
  type GroupOnTopic,
  OffsetReset,
  type OffsetResetPlan,
  type OffsetResetWish,
} from './offset-reset.ts'
import { OffsetsReader } from './offsets.ts'
import type { KafkaReadings } from './readings.ts'
import { RecordTimes } from './record-times.ts'
import { createTopic, type NewTopic } from './topic-creation.ts'
import { TopicFactsReader } from './topic-facts.ts'
import { TopologyKeeper } from './topology.ts'
import { endingWith, untilAborted } from './until-aborted.ts'

export interface KafkaDriver extends BrokerDriver<'kafka'> {
  /**
   * Makes a topic, or asks whether it could be made. Throws: BrokerRejectedError with the broker's own sentence where
   * it refuses, BrokerForbiddenError; any BrokerError.
   */
  createTopic(wanted: NewTopic, signal: AbortSignal): Promise<void>
  /** What a reset would do, asked of the brokers now. Throws: BrokerNotFoundError; any BrokerError. */
  planOffsetReset(wish: OffsetResetWish, signal: AbortSignal): Promise<OffsetResetPlan>
  /** The group's commits on the topic by partition, asked now. Throws: BrokerNotFoundError; any BrokerError. */
  committedOffsets(place: GroupOnTopic, signal: AbortSignal): Promise<ReadonlyMap<number, bigint>>
  /**
   * Commits offsets for a group without members. Throws: BrokerRejectedError while it has some, BrokerNotFoundError;
   * any BrokerError.
   */
  commitOffsets(wish: CommitWish, signal: AbortSignal): Promise<void>
}

/** A change isn't asked for twice: it may take its time. */
const CHANGE_TIMEOUT_MS = 10_000

/** Of a reading's time, what brokers took to answer: patience with those that didn't is no load on anybody. */
const ofBrokers = ({ cost }: Reading<unknown>) => cost.durationMs

type Watches = {
  [S in SourceOf<'kafka'>]: (demand: Demand, signal: AbortSignal) => AsyncIterable<Reading<KafkaReadings[S]>>
}

/** Reads one Kafka cluster, 3.0 or newer. Connects to what `addressOf` answers for a broker's advertised host. */
export function createKafkaDriver(target: KafkaTarget, addressOf: AddressOf): KafkaDriver {
  const closing = new AbortController()
  // A time-out ends a connection with everything in flight on it, and a quota mutes one: so what may hang or be muted
  // stands apart from the polls. Connections are made when they are first needed.
  const makePool = () => new BrokerPool(target, addressOf)
  const [polls, cluster, groupsPool, records] = [makePool(), makePool(), makePool(), makePool()]
  const changes = new BrokerPool(target, addressOf, CHANGE_TIMEOUT_MS)
  const topology = new TopologyKeeper(cluster, [polls, groupsPool, records, changes])
  const groupList = new GroupList(groupsPool, topology)
  const offsets = new OffsetsReader(polls, topology)
  const markers = new MarkerWatch(offsets, new RecordTimes(records, topology))
  const lag = new LagPoll(new CommitsReader(polls, groupList, markers), offsets)
  const metadata = new MetadataSource(cluster, polls, topology, new TopicFactsReader(cluster))
  const groups = new GroupsReader(groupsPool, groupList)
  const detail = new GroupDetailReader(groupsPool, groupList, offsets, new RecordTimes(records, topology))

  const reset = new OffsetReset(changes, topology, groupList)

  const watches: Watches = {
    'kafka.metadata': (demand, signal) => metadata.watch(demand, signal),
    'kafka.offsets': (demand, signal) => lag.watchOffsets(demand, signal),
    'kafka.commits': (demand, signal) => lag.watchCommits(demand, signal),
    'kafka.groups': (demand, signal) => pollEvery(demand, signal, () => groups.read(), ofBrokers),
    'kafka.group': (demand, signal) => pollEvery(demand, signal, ({ keys }) => detail.read(keys), ofBrokers),
  }

  return {
    kind: 'kafka',
    capabilities: (signal) => untilAborted('ApiVersions', capabilitiesOf(cluster), signal),
    watch(source, demand, signal) {
      const ending = AbortSignal.any([signal, closing.signal])
      return endingWith(watches[source](demand, ending), ending)
    },
    createTopic: (wanted, signal) =>
      untilAborted(`making the topic ${wanted.topic}`, createTopic(changes, topology, wanted), signal),
    planOffsetReset: (wish, signal) =>
      untilAborted(`planning a reset of ${wish.groupId}`, reset.plan(wish), signal),
    committedOffsets: (place, signal) =>
      untilAborted(`the commits of ${place.groupId}`, reset.committed(place), signal),
    commitOffsets: (wish, signal) =>
      untilAborted(`resetting ${wish.groupId}`, reset.commit(wish, signal), signal),
    async close() {
      closing.abort()
      for (const pool of [polls, cluster, groupsPool, records, changes]) pool.close()
    },
  }
}
