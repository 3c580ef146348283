import type { Bench } from './bench.ts'
import { freshness } from './freshness/freshness.ts'
import { scale } from './scale/scale.ts'

/** In the order in which `pnpm bench` runs them. */
export const benches: readonly Bench[] = [freshness, scale]
