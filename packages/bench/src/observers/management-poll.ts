import { queueKey } from '@weir/contract'
import type { RabbitmqBroker } from '@weir/devstack'
import { lookAgain, type Sightings } from './sightings.ts'

/** The parts of the management API's answers that are looked at. */
interface Listed {
  readonly vhost: string
  readonly name: string
  readonly messages?: number
}

const FASTEST_MS = 200
/** What the management page refreshes itself at, and its first page's address. */
const PAGE_MS = 5_000
const PAGE_PATH = '/api/queues?page=1&page_size=100&name=&use_regex=false&pagination=true'

/** Asks RabbitMQ itself for each of these queues of the default vhost, five times a second. */
export function pollQueues(
  broker: RabbitmqBroker,
  names: readonly string[],
  sightings: Sightings,
  stopped: AbortSignal,
): Promise<unknown> {
  const one = (name: string) =>
    lookAgain(FASTEST_MS, stopped, async () => {
      const queue = await get<Listed>(broker, `/api/queues/%2F/${encodeURIComponent(name)}`, stopped)
      if (queue) see(sightings, queue)
    })
  return Promise.all(names.map(one))
}

/** Asks as RabbitMQ's own page does, at its own pace. */
export function pollAsPage(
  broker: RabbitmqBroker,
  sightings: Sightings,
  stopped: AbortSignal,
): Promise<unknown> {
  return lookAgain(PAGE_MS, stopped, async () => {
    const page = await get<{ readonly items: readonly Listed[] }>(broker, PAGE_PATH, stopped)
    for (const queue of page?.items ?? []) see(sightings, queue)
  })
}

function see(sightings: Sightings, { vhost, name, messages }: Listed): void {
  // Absent until its first statistics.
  if (messages !== undefined) sightings.see(queueKey(vhost, name), messages, Date.now())
}

/** Null once stopped. Throws what a broken look is: the column would be wrong. */
async function get<T>(broker: RabbitmqBroker, path: string, stopped: AbortSignal): Promise<T | null> {
  const { management, username, password } = broker
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  try {
    const answer = await fetch(`${management}${path}`, { headers: { authorization }, signal: stopped })
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`)
    return (await answer.json()) as T
  } catch (error) {
    if (stopped.aborted) return null
    throw error
  }
}
