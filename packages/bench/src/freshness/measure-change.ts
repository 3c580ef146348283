import { setTimeout as delay } from 'node:timers/promises'
import type { Sightings } from '../observers/sightings.ts'

/** What isn't seen within this isn't seen. */
export const PATIENCE_MS = 15_000
/** Readings come once a second: changes are to fall anywhere between two of them. */
const TICK_MS = 1_000

/** One place where a change is looked out for. */
export interface Lookout {
  readonly name: string
  readonly sightings: Sightings
  readonly key: string
  readonly isThere: (value: number) => boolean
  /** The next change is made only after it was seen here. The others must stay right while more changes come. */
  readonly isWaitedFor: boolean
}

/** By lookout, in ms after the broker's word that the change is made; 0 where it was seen before that; null: never. */
export type Latencies = Readonly<Record<string, number | null>>

/**
 * Makes a change and notes when each lookout sees it. `make` resolves with the broker's own word that it is made.
 * Settles once those that are waited for have it; `latencies` once all have.
 */
export async function measureChange(
  lookouts: readonly Lookout[],
  make: () => Promise<unknown>,
): Promise<{ readonly latencies: Promise<Latencies> }> {
  const patience = new AbortController()
  const watched = lookouts.map(({ name, sightings, key, isThere, isWaitedFor }) => ({
    ...{ name, isWaitedFor },
    seenAt: sightings.next(key, isThere, patience.signal),
  }))
  await make()
  const madeAt = Date.now()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  await Promise.all(watched.filter(({ isWaitedFor }) => isWaitedFor).map(({ seenAt }) => seenAt))
  const latencies = Promise.all(
    watched.map(async ({ name, seenAt }) => {
      const at = await seenAt
      return [name, at === null ? null : Math.max(0, at - madeAt)] as const
    }),
  ).then((seen) => Object.fromEntries(seen))
  void latencies.then(() => clearTimeout(timer))
  return { latencies }
}

/**
 * Measures `change(1)`, `change(2)` … so often or until the time is up, each at another moment between two ticks;
 * answers what was seen of each.
 */
export async function measureRounds(
  options: { readonly rounds: number; readonly msLeft: () => number },
  change: (round: number) => Promise<{ readonly latencies: Promise<Latencies> }>,
): Promise<readonly Latencies[]> {
  const seen: Promise<Latencies>[] = []
  for (let round = 1; round <= options.rounds && options.msLeft() > 0; round += 1) {
    await delay(Math.random() * TICK_MS)
    seen.push((await change(round)).latencies)
  }
  return Promise.all(seen)
}
