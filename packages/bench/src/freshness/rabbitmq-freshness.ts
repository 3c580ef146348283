import { queueKey } from '@weir/contract'
import { watchPage } from '../observers/browser.ts'
import { LiveSocket } from '../observers/live-socket.ts'
import { LiveTable, seeFigures } from '../observers/live-table.ts'
import { pollAsPage, pollQueues } from '../observers/management-poll.ts'
import { Sightings } from '../observers/sightings.ts'
import type { ChangeSeries } from './freshness-table.ts'
import { type Lookout, measureChange, measureRounds } from './measure-change.ts'
import { beside, type Setting, seenBy } from './setting.ts'
import { makeQueue, type TestQueue } from './test-queue.ts'

const MESSAGES = 500
const types = ['classic', 'quorum', 'stream'] as const
/** Until every observer shows the new queues: the broker's own statistics are the last. */
const SHOWN_WITHIN_MS = 20_000

interface Observer {
  readonly name: string
  readonly sightings: Sightings
  readonly isWaitedFor: boolean
}

/**
 * Each queue's depth rises by 500 a round and then falls by 500 a round, so that an observer that is rounds behind
 * still sees each step pass. A stream keeps its log: it only rises.
 */
export async function rabbitmqFreshness(
  setting: Setting,
  msLeft: () => number,
): Promise<readonly ChangeSeries[]> {
  const { context, rabbitmq, stopped } = setting
  const queues = await Promise.all(
    types.map(async (type) => ({ type, queue: await makeQueue(rabbitmq, type) })),
  )
  const observers = await observe(setting)
  const byPage = new Sightings()
  const own = new Sightings()
  const names = queues.map(({ queue }) => queue.name)
  const watchers = [pollQueues(rabbitmq, names, own, stopped), pollAsPage(rabbitmq, byPage, stopped)]
  const all: Observer[] = [
    ...observers,
    { name: 'RabbitMQ /api/queues/{queue}, asked every 0.2 s', sightings: own, isWaitedFor: false },
    { name: 'RabbitMQ’s page, every 5 s', sightings: byPage, isWaitedFor: false },
  ]
  const measured = Promise.all(
    queues.map(async ({ type, queue }) => {
      await untilShown(observers, queue)
      context.report(`RabbitMQ: ${type} queue up and down, ${context.rounds} rounds`)
      return upAndDown(type, queue, all, { rounds: context.rounds, msLeft })
    }),
  )
  return (await beside(measured, watchers)).flat()
}

async function observe({ context, weir, browser }: Setting): Promise<readonly Observer[]> {
  const instanceId = weir.instanceIds.rabbitmq
  const [bySocket, painted] = [new Sightings(), new Sightings()]
  const socket = await LiveSocket.open(weir.url)
  context.resources.defer(() => socket.close())
  socket.onFrame(seeFigures(new LiveTable(), 'messages', bySocket))
  socket.subscribe('queues', { instanceId }, { type: 'rabbitmq.queues' })
  // As a page has its rows in focus.
  socket.focus(
    'queues',
    types.map((type) => queueKey('/', `bench-${type}`)),
  )
  const observers: Observer[] = [{ name: seenBy.socket, sightings: bySocket, isWaitedFor: true }]
  if (browser === null) return observers
  const filter = encodeURIComponent('name:bench-*')
  await watchPage(browser, `${weir.url}/i/${instanceId}/queues?filter=${filter}`, 'messages', painted)
  return [...observers, { name: seenBy.painted, sightings: painted, isWaitedFor: true }]
}

async function untilShown(observers: readonly Observer[], { name }: TestQueue): Promise<void> {
  const key = queueKey('/', name)
  for (const { name: by, sightings } of observers) {
    await sightings.until(`${key} empty in ${by}`, key, (value) => value === 0, SHOWN_WITHIN_MS)
  }
}

async function upAndDown(
  type: string,
  queue: TestQueue,
  observers: readonly Observer[],
  options: { readonly rounds: number; readonly msLeft: () => number },
): Promise<ChangeSeries[]> {
  const lookouts = (isThere: (value: number) => boolean): Lookout[] =>
    observers.map((observer) => ({ ...observer, key: queueKey('/', queue.name), isThere }))
  const up = await measureRounds(options, (round) =>
    measureChange(
      lookouts((value) => value >= round * MESSAGES),
      () => queue.publish(MESSAGES),
    ),
  )
  const risen = { change: `${type} queue, +${MESSAGES}`, rounds: up }
  if (type === 'stream') return [risen]
  const top = up.length * MESSAGES
  // Whoever is behind would take a depth of the way up for one of the way down.
  for (const { name, sightings } of observers) {
    await sightings.until(
      `${top} in ${name}`,
      queueKey('/', queue.name),
      (value) => value >= top,
      SHOWN_WITHIN_MS,
    )
  }
  const down = await measureRounds({ ...options, rounds: up.length }, (round) =>
    measureChange(
      lookouts((value) => value <= top - round * MESSAGES),
      () => queue.take(MESSAGES),
    ),
  )
  return [risen, { change: `${type} queue, −${MESSAGES}`, rounds: down }]
}
