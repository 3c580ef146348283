/** One `$SYS` value as it last came. */
export interface SysValue {
  readonly value: string
  /** Epoch ms. */
  readonly observedAt: number
}

export interface MqttSysReading {
  /** By topic below `$SYS/broker/`: `clients/connected`, `retained messages/count` … */
  readonly values: ReadonlyMap<string, SysValue>
  /**
   * When the broker counted these: its last tick, from its own uptime; epoch ms. Counters don't move in between, so a
   * rate must go by this and not by when the reading came. null: what is known was retained by the broker before we
   * came, and it isn't told when it was counted; no rate can start from it.
   */
  readonly countedAt: number | null
  /**
   * How many `$SYS` topics were retained when the broker last counted what it retains: they are in that figure too.
   * Comparable once `countedAt` is told.
   */
  readonly sysTopics: number
}

export interface MqttClientReading {
  readonly clientId: string
  readonly username: string | null
  readonly address: string | null
  readonly protocolVersion: '3.1' | '3.1.1' | '5.0' | null
  readonly cleanStart: boolean | null
  readonly keepAlive: number | null
  readonly connectedAt: number | null
  readonly subscriptions: readonly string[]
  readonly drops: number
  readonly takeovers: number
  /** When it connected, the last ten minutes; epoch ms, oldest first. */
  readonly recentConnects: readonly number[]
  readonly confirmed: boolean
}

/** Who is connected, rebuilt from the broker's log. */
export interface MqttClientsReading {
  readonly clients: ReadonlyMap<string, MqttClientReading>
  /** Since when we listen without a gap; epoch ms. */
  readonly seenSince: number
}

export interface MqttReadings {
  'mqtt.sys': MqttSysReading
  'mqtt.clients': MqttClientsReading
}
