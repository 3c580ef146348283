import { setTimeout as delay } from 'node:timers/promises'
import { createTopicsV7 } from '@platformatic/kafka'
import type { BrokerPool } from './broker-pool.ts'
import { refusalOf } from './errors.ts'
import type { TopologyKeeper } from './topology.ts'

export interface NewTopic {
  readonly topic: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly configs: Readonly<Record<string, string>>
  /** Asks whether it could be made, and makes nothing. */
  readonly validateOnly: boolean
}

/** How long the controller may take. */
const TIMEOUT_MS = 8_000
/** After the ack every broker hears of the topic within milliseconds; thousands of partitions take longer. */
const LED_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 50

/**
 * Makes a topic and waits until Metadata shows its leaders, since an ack isn't readiness.
 * Throws: BrokerRejectedError with the broker's sentence (it exists, too many replicas, a bad setting …),
 * BrokerForbiddenError, or any BrokerError of the way there.
 */
export async function createTopic(
  pool: BrokerPool,
  topology: TopologyKeeper,
  wanted: NewTopic,
): Promise<void> {
  const { topic, partitions, replicationFactor, configs, validateOnly } = wanted
  const asked = {
    name: topic,
    numPartitions: partitions,
    replicationFactor,
    assignments: [],
    configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
  }
  // Any broker passes it on to the controller. Asked of one broker alone: it may have been done though no answer came.
  const broker = await pool.opened()
  const { topics } = await broker.call(
    'CreateTopics',
    [createTopicsV7.api],
    [asked],
    TIMEOUT_MS,
    validateOnly,
  )
  for (const { errorCode, errorMessage } of topics) {
    const sentence = errorMessage && withoutForeignNames(errorMessage)
    const refusal = refusalOf(errorCode, sentence, `CreateTopics of ${topic}`)
    if (refusal) throw refusal
  }
  if (!validateOnly) await untilLed(topology, topic)
}

/** To Kafka `a.b` and `a_b` are one name, and its refusal names the other topic: which may be somebody else's. */
function withoutForeignNames(sentence: string): string {
  return sentence.replace(
    / collides with existing topic: .*/s,
    ' collides with an existing topic: "." and "_" count as one.',
  )
}

async function untilLed(topology: TopologyKeeper, topic: string): Promise<void> {
  const deadline = performance.now() + LED_WITHIN_MS
  while (performance.now() < deadline) {
    // The topic is made: that Metadata can't be had just now is no failure of it.
    const known = await topology.refresh().catch(() => null)
    if (known?.topics.get(topic)?.partitions.every(({ leader }) => leader !== null)) return
    await delay(LOOK_EVERY_MS)
  }
}
