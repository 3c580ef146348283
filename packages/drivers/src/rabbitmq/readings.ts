/** One queue in a totals sweep (`disable_stats=true&enable_queue_totals=true`). */
export interface QueueTotals {
  readonly vhost: string
  readonly name: string
  readonly type: string
  readonly state: string | null
  readonly durable: boolean
  readonly autoDelete: boolean
  /** null: not told (quorum queues and streams). */
  readonly exclusive: boolean | null
  readonly policy: string | null
  readonly arguments: Readonly<Record<string, unknown>>
  /** null: the sweep has no counts for this one (streams; a queue that didn't answer in time). */
  readonly messages: number | null
  readonly messagesReady: number | null
  readonly messagesUnacknowledged: number | null
}

/** One queue in the broker's statistics, 5–10 s old by nature. */
export interface QueueStats {
  readonly vhost: string
  readonly name: string
  readonly consumers: number | null
  readonly publishRate: number | null
  readonly deliverGetRate: number | null
  readonly ackRate: number | null
  /** Streams have counts here alone. */
  readonly messages: number | null
  readonly messagesReady: number | null
  readonly messagesUnacknowledged: number | null
  /** Publishing time of the oldest message; epoch ms; null without timestamps. */
  readonly headMessageAt: number | null
}

/** One queue by passive declare: live for every type but streams. */
export interface QueueDeclared {
  readonly vhost: string
  readonly name: string
  readonly messagesReady: number
  readonly consumers: number
}

export interface RabbitmqNodeReading {
  readonly name: string
  readonly running: boolean
  readonly memoryBytes: number | null
  readonly memoryLimitBytes: number | null
  readonly diskFreeBytes: number | null
  readonly diskFreeLimitBytes: number | null
  readonly memoryAlarm: boolean
  readonly diskAlarm: boolean
  readonly uptimeMs: number | null
}

export interface RabbitmqOverviewReading {
  readonly version: string | null
  readonly erlangVersion: string | null
  readonly clusterName: string | null
  /** False: the broker keeps no statistics, so rates and consumers are unknown rather than 0. */
  readonly statistics: boolean
  readonly nodes: readonly RabbitmqNodeReading[]
  readonly messages: number | null
  readonly messagesReady: number | null
  readonly messagesUnacknowledged: number | null
  readonly publishRate: number | null
  readonly deliverGetRate: number | null
  readonly ackRate: number | null
  readonly connections: number | null
  readonly channels: number | null
  readonly queues: number | null
  readonly consumers: number | null
  /** Connections and channels by vhost, for shares of a cluster; null where not read. */
  readonly connectionsByVhost: ReadonlyMap<string, { connections: number; channels: number }> | null
}

/** One queue in full. */
export interface QueueDetail {
  readonly vhost: string
  readonly name: string
  readonly node: string | null
  readonly leader: string | null
  readonly members: readonly string[] | null
  readonly autoDelete: boolean
  readonly exclusive: boolean | null
  readonly consumerCapacity: number | null
  readonly memoryBytes: number | null
  readonly messageBytes: number | null
  readonly headMessageAt: number | null
  readonly redeliverRate: number | null
  readonly operatorPolicy: string | null
  readonly arguments: Readonly<Record<string, unknown>>
  readonly effectivePolicy: Readonly<Record<string, unknown>> | null
  readonly consumers: readonly {
    readonly consumerTag: string
    readonly channel: string
    readonly peer: string | null
    readonly user: string | null
    readonly prefetchCount: number | null
    readonly ackRequired: boolean
    readonly active: boolean | null
  }[]
  readonly bindings: readonly {
    readonly source: string
    readonly routingKey: string
    readonly arguments: Readonly<Record<string, unknown>>
  }[]
}

export interface RabbitmqReadings {
  /** Every queue's depth. Rows are keyed by `queueKey`. */
  'rabbitmq.totals': ReadonlyMap<string, QueueTotals>
  'rabbitmq.stats': ReadonlyMap<string, QueueStats>
  /** The focused queues alone. */
  'rabbitmq.declares': ReadonlyMap<string, QueueDeclared>
  'rabbitmq.overview': RabbitmqOverviewReading
  /** The queues that a detail page is open on. */
  'rabbitmq.queue': ReadonlyMap<string, QueueDetail>
}
