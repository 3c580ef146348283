import type { BrokerKind } from '@weir/contract'
import type { BrokerDriver, Demand, Reading, ReadingsOf, SourceOf } from '../driver.ts'
import { within } from './wait-for.ts'

/**
 * Watches a source until a reading is as wanted, and answers that one.
 * Throws what the watch throws, or when no such reading came `withinMs`; the error shows the last one's data.
 */
export async function readingWhere<K extends BrokerKind, S extends SourceOf<K>>(
  driver: BrokerDriver<K>,
  source: S,
  demand: Demand,
  isIt: (reading: Reading<ReadingsOf[K][S]>) => boolean,
  withinMs = 10_000,
): Promise<Reading<ReadingsOf[K][S]>> {
  const stop = new AbortController()
  let last: unknown = 'nothing'
  const look = async () => {
    for await (const reading of driver.watch(source, demand, stop.signal)) {
      last = reading.data
      if (isIt(reading)) return reading
    }
    throw new Error(`${source} ended before it was as wanted`)
  }
  try {
    return await within(withinMs, `the wanted reading of ${source}`, look())
  } catch (error) {
    if (error instanceof Error && error.message.includes('did not happen')) {
      throw new Error(`${error.message}; last seen: ${show(last)}`, { cause: error })
    }
    throw error
  } finally {
    stop.abort()
  }
}

/** The next reading of a source, whatever it says. */
export function firstReading<K extends BrokerKind, S extends SourceOf<K>>(
  driver: BrokerDriver<K>,
  source: S,
  demand: Demand,
  withinMs?: number,
): Promise<Reading<ReadingsOf[K][S]>> {
  return readingWhere(driver, source, demand, () => true, withinMs)
}

function show(data: unknown): string {
  const plain = data instanceof Map ? [...data.values()] : data
  return (
    JSON.stringify(plain, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))?.slice(
      0,
      2_000,
    ) ?? ''
  )
}
