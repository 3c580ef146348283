import amqp, { type ChannelModel, type ConfirmChannel, type Options } from 'amqplib'
import { type Alert, routingKeyOf } from './alert-rule.ts'
import type { Pause } from './pause.ts'
import { aborted, keepConnected } from './session.ts'
import type { TenantPlan } from './traffic-plan.ts'

const exchange = 'alerts'
const deadLetterExchange = 'alerts.dlx'

interface NotificationQueue {
  name: string
  bindings: readonly string[]
  options: Options.AssertQueue
  /** Null: nobody consumes it. */
  consumer: { prefetch: number; handleMs: number; refuses: number } | null
}

const toDeadLetters = { 'x-dead-letter-exchange': deadLetterExchange }
const megabyte = 1024 * 1024

/** Every queue is bounded by its own arguments: the traffic can't fill a broker however long it runs. */
const queues: readonly NotificationQueue[] = [
  {
    name: 'notify.push',
    bindings: ['*.*.*'],
    options: { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-max-length': 20_000 } },
    consumer: { prefetch: 20, handleMs: 25, refuses: 0 },
  },
  {
    name: 'notify.email',
    bindings: ['critical.#', 'warning.overload.#'],
    options: { durable: true, arguments: { 'x-max-length': 20_000, ...toDeadLetters } },
    consumer: { prefetch: 10, handleMs: 60, refuses: 0.02 },
  },
  {
    name: 'notify.sms',
    bindings: ['critical.#'],
    options: { durable: true, arguments: { 'x-max-length': 10_000, ...toDeadLetters } },
    consumer: { prefetch: 5, handleMs: 120, refuses: 0.05 },
  },
  {
    name: 'webhooks.out',
    bindings: ['#'],
    options: { durable: true, arguments: { 'x-max-length': 50_000 } },
    // Slow partners: always some messages handed out and not yet acknowledged.
    consumer: { prefetch: 50, handleMs: 100, refuses: 0 },
  },
  {
    name: 'alerts.audit',
    bindings: ['#'],
    options: {
      durable: true,
      arguments: {
        'x-queue-type': 'stream',
        'x-max-length-bytes': 20 * megabyte,
        'x-stream-max-segment-size-bytes': 4 * megabyte,
      },
    },
    consumer: null,
  },
]

const deadLetterQueue: NotificationQueue = {
  name: 'alerts.dead-letter',
  bindings: ['#'],
  options: { durable: true, arguments: { 'x-max-length': 5000, 'x-message-ttl': 3 * 3_600_000 } },
  consumer: null,
}

export interface Notifications {
  /** Publishes an alert; dropped while RabbitMQ is away. */
  publish(alert: Alert): void
}

/** The tenant's alerts on RabbitMQ: an exchange, the queues of the ways to be told, and who works on them. */
export function startNotifications(plan: TenantPlan, pause: Pause, signal: AbortSignal): Notifications {
  let channel: ConfirmChannel | null = null
  const { amqp: url } = plan
  if (url !== null) {
    void keepConnected(`${plan.slug} notifications`, signal, async (connected) => {
      const connection = await connect(url, `${plan.slug} alert rule`)
      try {
        const ended = endOf(connection)
        channel = await connection.createConfirmChannel()
        channel.on('error', () => {}) // the connection is given up below; the next session declares all again
        await declareAll(channel)
        connected()
        await Promise.race([ended, aborted(signal), endOf(channel)])
      } finally {
        channel = null
        await connection.close().catch(() => {})
      }
    })
    for (const queue of queues) {
      if (queue.consumer !== null) void keepConsuming(plan, url, queue, queue.consumer, signal)
    }
  }
  const publish = (alert: Alert) =>
    void channel?.publish(exchange, routingKeyOf(alert), Buffer.from(JSON.stringify(alert)), {
      persistent: true,
      timestamp: Math.floor(alert.raisedAt / 1000),
      contentType: 'application/json',
    })
  startBursts(plan, pause, publish, signal)
  return { publish }
}

/** Every 90 s everybody comes home at once; the push queue takes half a minute to get over it. */
function startBursts(
  plan: TenantPlan,
  pause: Pause,
  publish: (alert: Alert) => void,
  signal: AbortSignal,
): void {
  const timer = setInterval(() => {
    if (pause.paused) return
    const size = Math.round(1500 * plan.trafficShare)
    for (let index = 0; index < size; index += 1) {
      const home = `home-${String((index % plan.homes) + 1).padStart(2, '0')}`
      const place = { home, room: 'hall', value: 1, unit: '', raisedAt: Date.now() }
      publish({ kind: 'overload', severity: 'warning', ...place })
    }
  }, 90_000)
  signal.addEventListener('abort', () => clearInterval(timer))
}

function keepConsuming(
  plan: TenantPlan,
  url: string,
  queue: NotificationQueue,
  { prefetch, handleMs, refuses }: NonNullable<NotificationQueue['consumer']>,
  signal: AbortSignal,
): Promise<void> {
  return keepConnected(`${plan.slug} ${queue.name}`, signal, async (connected) => {
    const connection = await connect(url, `${plan.slug} ${queue.name}`)
    try {
      const ended = endOf(connection)
      const channel = await connection.createChannel()
      channel.on('error', () => {}) // its close ends the session
      await channel.assertQueue(queue.name, queue.options)
      await channel.prefetch(prefetch)
      // One message takes handleMs; while its hands are full the rest waits, unacknowledged up to the prefetch.
      let busyUntil = 0
      await channel.consume(queue.name, (message) => {
        if (message === null) return void connection.close().catch(() => {}) // the queue was deleted
        busyUntil = Math.max(busyUntil, Date.now()) + handleMs
        setTimeout(() => {
          if (signal.aborted) return
          try {
            if (Math.random() < refuses) channel.nack(message, false, false)
            else channel.ack(message)
          } catch {
            // The channel closed meanwhile; the broker hands the message out again.
          }
        }, busyUntil - Date.now())
      })
      connected()
      await Promise.race([ended, aborted(signal), endOf(channel)])
    } finally {
      await connection.close().catch(() => {})
    }
  })
}

async function declareAll(channel: ConfirmChannel): Promise<void> {
  await channel.assertExchange(exchange, 'topic', { durable: true })
  await channel.assertExchange(deadLetterExchange, 'topic', { durable: true })
  for (const queue of queues) await declare(channel, exchange, queue)
  await declare(channel, deadLetterExchange, deadLetterQueue)
}

async function declare(channel: ConfirmChannel, from: string, queue: NotificationQueue): Promise<void> {
  await channel.assertQueue(queue.name, queue.options)
  for (const pattern of queue.bindings) await channel.bindQueue(queue.name, from, pattern)
}

async function connect(url: string, name: string): Promise<ChannelModel> {
  const connection = await amqp.connect(`${url}?heartbeat=10`, {
    clientProperties: { connection_name: name },
    timeout: 5000,
  })
  connection.on('error', () => {}) // always followed by close
  return connection
}

function endOf(emitter: { once(event: 'close', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => emitter.once('close', () => resolve()))
}
