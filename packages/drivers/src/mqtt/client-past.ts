import type { MqttClientReading } from './readings.ts'

/** For so long what a client did counts as recent, and a client that left is remembered. */
const REMEMBERED_MS = 10 * 60_000
/** One-shot publishers come under ever new ids: past this many the longest gone is forgotten. */
const MAX_REMEMBERED = 10_000

/** What is known of a client from its earlier connections. */
export type Past = Pick<
  MqttClientReading,
  'cleanStart' | 'subscriptions' | 'drops' | 'takeovers' | 'recentConnects'
>

export const NO_PAST: Past = {
  cleanStart: null,
  subscriptions: [],
  drops: 0,
  takeovers: 0,
  recentConnects: [],
}

/** The times of the last ten minutes; the same array where all are. Epoch ms, oldest first. */
export function recent(times: readonly number[], at: number): readonly number[] {
  const first = times[0]
  if (first === undefined || first >= at - REMEMBERED_MS) return times
  return times.filter((time) => time >= at - REMEMBERED_MS)
}

/** When the first of these times stops being recent. */
export function recentUntil(times: readonly number[]): number {
  const first = times[0]
  return first === undefined ? Number.POSITIVE_INFINITY : first + REMEMBERED_MS + 1
}

/** Clients that have left, so that one that comes back again and again shows it. */
export class ClientPast {
  readonly #left = new Map<string, { past: Past; leftAt: number }>()

  keep(client: MqttClientReading, at: number): void {
    const { clientId, cleanStart, subscriptions, drops, takeovers, recentConnects } = client
    this.#left.delete(clientId) // so that it stands last: the map is in the order of leaving
    this.#left.set(clientId, {
      past: { cleanStart, subscriptions, drops, takeovers, recentConnects },
      leftAt: at,
    })
    for (const [oldest, { leftAt }] of this.#left) {
      if (this.#left.size <= MAX_REMEMBERED && leftAt >= at - REMEMBERED_MS) break
      this.#left.delete(oldest)
    }
  }

  of(clientId: string, at: number): Past {
    const left = this.#left.get(clientId)
    return left !== undefined && left.leftAt >= at - REMEMBERED_MS ? left.past : NO_PAST
  }
}
