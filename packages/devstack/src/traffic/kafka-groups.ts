import { setTimeout as delay } from 'node:timers/promises'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { scopesOf } from '../demo-tenants.ts'
import { type Measurement, type Metric, metrics } from './homes.ts'
import { aborted, keepConnected } from './session.ts'
import type { TenantPlan } from './traffic-plan.ts'

const minuteMs = 60_000

/** A consumer group of a tenant's application. */
interface Group {
  name: string
  topics: readonly Metric[]
  members: number
  /** Records per second that each member manages at `now`. Infinity: as many as come. */
  speed(now: number): number
  onMeasurement?(measurement: Measurement): void
  /** Comes for `forMs` once in `everyMs`, and leaves again: the group is Empty in between. */
  shift?: { everyMs: number; forMs: number }
}

/**
 * The tenant's applications on Kafka: dashboards that keep up, the alert rule that keeps up, billing that is too slow
 * for three quarters of an hour and catches up in the next quarter, and a report that comes every ten minutes.
 */
export function startKafkaGroups(
  plan: TenantPlan,
  kafka: Kafka,
  perSecond: number,
  onMeasurement: (measurement: Measurement) => void,
  signal: AbortSignal,
): void {
  const groups: Group[] = [
    { name: 'dashboards', topics: metrics, members: 2, speed: asFastAsTheyCome },
    {
      name: 'alert-rules',
      topics: ['temperature', 'load'],
      members: 1,
      speed: asFastAsTheyCome,
      onMeasurement,
    },
    {
      name: 'billing-rollup',
      topics: ['light-usage', 'load'],
      members: 1,
      speed: billingSpeed(perSecond / 2),
    },
    {
      name: 'nightly-report',
      topics: ['temperature'],
      members: 1,
      speed: asFastAsTheyCome,
      shift: { everyMs: 10 * minuteMs, forMs: minuteMs },
    },
  ]
  for (const group of groups) {
    for (let member = 1; member <= group.members; member += 1)
      void runMember(plan, kafka, group, member, signal)
  }
}

const asFastAsTheyCome = () => Number.POSITIVE_INFINITY

/** Four fifths of what arrives, for 45 minutes of each hour: lag grows slowly, and never past an hour's share. */
export function billingSpeed(arrivingPerSecond: number): (now: number) => number {
  return (now) => ((now / minuteMs) % 60 < 45 ? arrivingPerSecond * 0.8 : arrivingPerSecond * 3)
}

async function runMember(
  plan: TenantPlan,
  kafka: Kafka,
  group: Group,
  member: number,
  signal: AbortSignal,
): Promise<void> {
  const prefix = scopesOf(plan).kafka
  const groupId = `${prefix.groupPrefix}${group.name}`
  await keepConnected(`${groupId} ${member}`, signal, async (connected) => {
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: 10_000,
      heartbeatInterval: 3000,
      // Few, larger fetches: with a byte as the least, every record would be a round trip.
      minBytes: 32 * 1024,
      maxWaitTimeInMs: 1000,
      // A slow member's batch must be done within its session.
      maxBytesPerPartition: group.speed(0) === Number.POSITIVE_INFINITY ? 256 * 1024 : 8 * 1024,
    })
    const crashed = new Promise<never>((_, reject) => {
      consumer.on('consumer.crash', ({ payload }) => !payload.restart && reject(payload.error))
    })
    try {
      await consumer.connect()
      const topics = group.topics.map((metric) => `${prefix.topicPrefix}${metric}`)
      await consumer.subscribe({ topics, fromBeginning: false })
      await runConsumer(consumer, group)
      connected()
      await Promise.race([crashed, aborted(signal), ...(group.shift ? [endOfShift(group.shift)] : [])])
    } finally {
      crashed.catch(() => {}) // a crash while we leave is no news
      await consumer.disconnect().catch(() => {})
    }
    if (group.shift) {
      const awayMs = group.shift.everyMs - group.shift.forMs
      await delay(awayMs, undefined, { signal }).catch(() => {}) // cut short by the abort
    }
  })
}

function endOfShift(shift: { forMs: number }): Promise<void> {
  return delay(shift.forMs)
}

function runConsumer(consumer: Consumer, group: Group): Promise<void> {
  return consumer.run({
    autoCommitInterval: 2000,
    eachBatchAutoResolve: false,
    eachBatch: (payload) => takeBatch(payload, group),
  })
}

/** Works through a batch at the group's speed; a slow one commits and shows that it's alive as it goes. */
async function takeBatch(payload: EachBatchPayload, group: Group): Promise<void> {
  const { batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale } = payload
  let count = 0
  for (const message of batch.messages) {
    if (!isRunning() || isStale()) return
    if (group.onMeasurement !== undefined && message.value !== null) {
      group.onMeasurement(JSON.parse(message.value.toString()))
    }
    resolveOffset(message.offset)
    count += 1
    const speed = group.speed(Date.now())
    if (count % 20 === 0 && Number.isFinite(speed)) {
      await delay((20 / speed) * 1000)
      await heartbeat()
      await commitOffsetsIfNecessary()
    }
  }
  const speed = group.speed(Date.now())
  if (Number.isFinite(speed)) await delay(((count % 20) / speed) * 1000)
  await heartbeat()
}
