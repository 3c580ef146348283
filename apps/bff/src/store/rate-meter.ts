interface Sample {
  readonly at: number
  readonly counter: number
}

/** Over so long a rate is averaged, where samples come more often. */
const WINDOW_MS = 10_000
/** Samples further apart than this belong to different times: no rate is drawn across the gap. */
const GAP_MS = 45_000
/** A rate over less time than this is noise. */
const LEAST_SPAN_MS = 500

/** Four digits: what follows is noise, and would make a row differ at every tick. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(4))
}

/**
 * Counters become rates here, and nowhere else. A counter that falls was reset: its rate is unknown (null) until the
 * next sample, never negative and never a spike. The same holds for the first sample and after a gap.
 */
export class RateMeter {
  readonly #samples = new Map<string, Sample[]>()

  /** `counter` grows for ever until a reset; `at` is when it was read, epoch ms. */
  observe(key: string, counter: number, at: number): void {
    const samples = this.#samples.get(key)
    const last = samples?.at(-1)
    if (!samples || !last || counter < last.counter || at - last.at > GAP_MS) {
      this.#samples.set(key, [{ at, counter }])
      return
    }
    if (at <= last.at) return
    samples.push({ at, counter })
    while (samples.length > 2 && at - (samples[1]?.at ?? at) >= WINDOW_MS) samples.shift()
  }

  /** The counter is unknown for now: the next sample starts anew. */
  forget(key: string): void {
    this.#samples.delete(key)
  }

  /** Per second over the last ten seconds; null while unknown. */
  rate(key: string): number | null {
    const samples = this.#samples.get(key)
    const first = samples?.[0]
    const last = samples?.at(-1)
    if (!first || !last || last.at - first.at < LEAST_SPAN_MS) return null
    return rounded(((last.counter - first.counter) * 1000) / (last.at - first.at))
  }

  /** Forgets every key under `prefix` that isn't in `keep`: rows that are gone leave nothing behind. */
  prune(prefix: string, keep: ReadonlySet<string>): void {
    for (const key of this.#samples.keys()) {
      if (key.startsWith(prefix) && !keep.has(key)) this.#samples.delete(key)
    }
  }
}
