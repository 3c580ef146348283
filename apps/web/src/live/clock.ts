export type TimerId = ReturnType<typeof setTimeout>

/** Time, as something that a test can hold still. `now` is epoch ms. */
export interface Clock {
  now(): number
  setTimeout(run: () => void, ms: number): TimerId
  clearTimeout(id: TimerId): void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (id) => clearTimeout(id),
}
