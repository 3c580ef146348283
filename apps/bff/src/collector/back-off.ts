const FIRST_MS = 500
const MOST_MS = 8_000
/** Refused credentials don't mend themselves, and asking often can lock an account. */
const REFUSED_MS = 30_000

/**
 * How long to wait after the `failures`th failure in a row, in ms. Short enough that a broker that is back is live
 * again within 10 s. `jitter` is 0–1.
 */
export function backOffMs(failures: number, retryable: boolean, jitter: number): number {
  if (!retryable) return REFUSED_MS
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return most * (0.75 + 0.25 * jitter)
}
