import type { BrokerControl, Report } from '@weir/devstack'
import type { BenchContext } from './bench.ts'

/** Starts a broker of the bench's own, and has it stopped after the run. */
export async function ownBroker<B extends BrokerControl>(
  { dir, report, resources }: BenchContext,
  name: string,
  start: (options: { dir: string; report: Report }) => Promise<B>,
): Promise<B> {
  const broker = await start({ dir, report: (text) => report(`${name} ${text}`) })
  resources.defer(() => broker.stop())
  return broker
}
