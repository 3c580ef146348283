export interface KafkaPartitionMeta {
  readonly partition: number
  /** null: leaderless. */
  readonly leader: number | null
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

export interface KafkaTopicMeta {
  readonly topic: string
  /** A topic made anew under its old name has another id: history and rates are keyed by it. */
  readonly topicId: string
  readonly internal: boolean
  readonly partitions: readonly KafkaPartitionMeta[]
  /** null: not read yet or not allowed. */
  readonly cleanupPolicy: string | null
  readonly retentionMs: number | null
  /** Over all replicas; null: not read yet or not allowed. */
  readonly sizeBytes: number | null
}

export interface KafkaMetadata {
  readonly version: string | null
  readonly clusterId: string | null
  readonly controllerId: number | null
  readonly brokers: readonly {
    readonly id: number
    readonly host: string
    readonly port: number
    readonly rack: string | null
    readonly sizeBytes: number | null
    /** Whether it answered the last time we asked it. One that Metadata has dropped stays while replicas name it. */
    readonly reachable: boolean
  }[]
  readonly topics: ReadonlyMap<string, KafkaTopicMeta>
}

export interface KafkaPartitionOffsets {
  readonly partition: number
  readonly logStartOffset: bigint | null
  readonly logEndOffset: bigint | null
  /** When the leader told the end; the last good value stays with its age while its broker doesn't answer. */
  readonly observedAt: number
}

export interface KafkaTopicOffsets {
  readonly topic: string
  readonly topicId: string
  readonly partitions: readonly KafkaPartitionOffsets[]
}

export interface KafkaCommit {
  readonly topic: string
  readonly partition: number
  readonly committedOffset: bigint
  /**
   * Where no record follows the commit though the log goes on: only transactions' markers up to here, which nobody
   * reads. What looks like a lag of 1 for ever is none. Absent: not so, as far as is known.
   */
  readonly markersTo?: bigint
}

export interface KafkaGroupMeta {
  readonly groupId: string
  readonly protocol: 'classic' | 'consumer' | 'share' | 'streams'
  readonly state: string | null
  readonly members: number | null
  /** What the broker itself tells as lag (share groups); null: computed from commits. */
  readonly brokerLag: number | null
}

export interface KafkaGroupMember {
  readonly memberId: string
  readonly clientId: string
  readonly host: string
  readonly assignments: readonly { readonly topic: string; readonly partition: number }[]
}

export interface KafkaGroupDetail {
  readonly groupId: string
  readonly members: readonly KafkaGroupMember[]
  /** Its commits, by `topic-partition`: what `recordAt` and `markersTo` were looked up for. */
  readonly committed: ReadonlyMap<string, bigint>
  /** Time of the record at each commit, by `topic-partition`; epoch ms. */
  readonly recordAt: ReadonlyMap<string, number>
  /**
   * By `topic-partition`, where no record is left though the end is beyond the commit: up to this offset only the
   * markers of transactions follow. What the offsets make look like a lag of 1 for ever is none.
   */
  readonly markersTo: ReadonlyMap<string, bigint>
}

export interface KafkaReadings {
  'kafka.metadata': KafkaMetadata
  /** Log start and end of every partition, by topic. */
  'kafka.offsets': ReadonlyMap<string, KafkaTopicOffsets>
  /** Committed offsets, by group. Read before the end offsets of the same tick, so that lag can't go below 0. */
  'kafka.commits': ReadonlyMap<string, readonly KafkaCommit[]>
  'kafka.groups': ReadonlyMap<string, KafkaGroupMeta>
  /** The groups that a detail page is open on. */
  'kafka.group': ReadonlyMap<string, KafkaGroupDetail>
}
