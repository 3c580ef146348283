import type { Bench } from './bench.ts'
import { freshness } from './freshness/freshness.ts'

/** In the order in which `pnpm bench` runs them. */
export const benches: readonly Bench[] = [freshness]
