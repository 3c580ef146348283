import type { AddressOf, BrokerDriver, Demand, KafkaTarget, Reading, SourceOf } from '../driver.ts'
import { pollEvery } from '../poll-every.ts'
import { BrokerPool } from './broker-pool.ts'
import { capabilitiesOf } from './capabilities.ts'
import { CommitsReader } from './commits.ts'
import { GroupDetailReader } from './group-detail.ts'
import { GroupList } from './group-list.ts'
import { GroupsReader } from './groups.ts'
import { LagPoll } from './lag-poll.ts'
import { MetadataSource } from './metadata-source.ts'
import { OffsetsReader } from './offsets.ts'
import type { KafkaReadings } from './readings.ts'
import { RecordTimes } from './record-times.ts'
import { TopicFactsReader } from './topic-facts.ts'
import { TopologyKeeper } from './topology.ts'
import { endingWith, untilAborted } from './until-aborted.ts'

export interface KafkaDriver extends BrokerDriver<'kafka'> {}

type Watches = {
  [S in SourceOf<'kafka'>]: (demand: Demand, signal: AbortSignal) => AsyncIterable<Reading<KafkaReadings[S]>>
}

/** Reads one Kafka cluster, 3.0 or newer. Connects to what `addressOf` answers for a broker's advertised host. */
export function createKafkaDriver(target: KafkaTarget, addressOf: AddressOf): KafkaDriver {
  const closing = new AbortController()
  const pool = new BrokerPool(target, addressOf)
  const recordsPool = new BrokerPool(target, addressOf)
  const topology = new TopologyKeeper(pool)
  const groupList = new GroupList(pool, topology)
  const offsets = new OffsetsReader(pool, topology)
  const lag = new LagPoll(new CommitsReader(pool, groupList), offsets)
  const metadata = new MetadataSource(pool, topology, new TopicFactsReader(pool))
  const groups = new GroupsReader(pool, groupList)
  const detail = new GroupDetailReader(pool, groupList, offsets, new RecordTimes(recordsPool, topology))

  const watches: Watches = {
    'kafka.metadata': (demand, signal) => metadata.watch(demand, signal),
    'kafka.offsets': (demand, signal) => lag.watchOffsets(demand, signal),
    'kafka.commits': (demand, signal) => lag.watchCommits(demand, signal),
    'kafka.groups': (demand, signal) => pollEvery(demand, signal, () => groups.read()),
    'kafka.group': (demand, signal) => pollEvery(demand, signal, ({ keys }) => detail.read(keys)),
  }

  return {
    kind: 'kafka',
    capabilities: (signal) => untilAborted(capabilitiesOf(pool), signal),
    watch(source, demand, signal) {
      const ending = AbortSignal.any([signal, closing.signal])
      return endingWith(watches[source](demand, ending), ending)
    },
    async close() {
      closing.abort()
      pool.close()
      recordsPool.close()
    },
  }
}
