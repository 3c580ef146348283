/** Two clocks may run apart by this share without one of them being a restart. */
const DRIFT = 0.001

/**
 * Notices from its uptime that the broker was started anew. It goes by the moment of the start, on our monotonic clock,
 * rather than by an uptime going down: after a long time without a connection the new uptime may be the greater.
 */
export class BootClock {
  #bootAt: number | null = null
  #toldAt = 0

  /** When the broker was started, on the monotonic clock, ms; null: not told. */
  get bootAt(): number | null {
    return this.#bootAt
  }

  /**
   * `monotonicAt` is now, ms. `toleranceMs` is how old the told uptime may be: it comes in whole seconds, and a retained
   * one is as old as the broker's `$SYS` interval.
   */
  restarted(uptimeSeconds: number, monotonicAt: number, toleranceMs: number): boolean {
    const bootAt = monotonicAt - uptimeSeconds * 1_000
    const latest = (this.#bootAt ?? bootAt) + (monotonicAt - this.#toldAt) * DRIFT
    const restarted = this.#bootAt !== null && bootAt > latest + toleranceMs
    // An uptime is told late or on time, never early, so the earliest boot is the truest.
    this.#bootAt = this.#bootAt === null || restarted ? bootAt : Math.min(latest, bootAt)
    this.#toldAt = monotonicAt
    return restarted
  }
}
