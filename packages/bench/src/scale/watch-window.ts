import { setTimeout as delay } from 'node:timers/promises'
import { type Frame, LiveSocket } from '../observers/live-socket.ts'
import { type Summary, summarise } from '../statistics.ts'
import type { BenchWeir } from '../weir-stack.ts'
import type { CountingProxy } from './counting-proxy.ts'
import { growth, type Metrics, readMetrics } from './weir-metrics.ts'

/** What a while of watching cost, and whom. */
export interface Window {
  readonly ms: number
  /** Readings of the view's first source. */
  readonly ticks: number
  readonly tickMs: Summary | null
  readonly deltaBytes: Summary | null
  readonly snapshotBytes: number
  /** Of RabbitMQ's management API, by whoever asked through the proxy. */
  readonly sweeps: number
  readonly statistics: number
  readonly otherRequests: number
  readonly brokerBytes: number
  /** What Weir says of itself. */
  readonly metrics: { readonly before: Metrics; readonly after: Metrics }
}

/** Has a socket watch a table for a while, and counts what everything costs meanwhile. */
export async function watchWindow(
  weir: BenchWeir,
  view: { readonly kind: 'rabbitmq' | 'kafka'; readonly type: 'rabbitmq.queues' | 'kafka.groups' },
  proxy: CountingProxy,
  ms: number,
): Promise<Window> {
  const socket = await LiveSocket.open(weir.url)
  const frames: Frame[] = []
  socket.onFrame((frame) => frames.push(frame))
  socket.subscribe('view', { instanceId: weir.instanceIds[view.kind] }, { type: view.type })
  const snapshot = await firstSnapshot(socket, frames)
  const before = await readMetrics(weir.url)
  const [from, asked, startedAt] = [frames.length, proxy.asked.length, performance.now()]
  await delay(ms)
  const own = proxy.asked.slice(asked)
  const took = performance.now() - startedAt
  const after = await readMetrics(weir.url)
  socket.close()
  const deltas = frames.slice(from).filter(({ message }) => message.type === 'delta')
  const ticks = tickTimes(deltas)
  const sweeps = own.filter(({ path }) => path.includes('disable_stats=true')).length
  const statistics = own.filter(({ path }) => path.startsWith('/api/queues')).length - sweeps
  return {
    ...{ ms: took, ticks: ticks.length, tickMs: summarise(gaps(ticks)), snapshotBytes: snapshot.bytes },
    deltaBytes: summarise(deltas.map(({ bytes }) => bytes)),
    ...{ sweeps, statistics, otherRequests: own.length - sweeps - statistics },
    brokerBytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
    metrics: { before, after },
  }
}

/** Grown per second of the window; null where Weir doesn't tell. */
export function perSecond({ ms, metrics }: Window, series: string): number | null {
  const grown = growth(metrics.before, metrics.after, series)
  return grown === null ? null : grown / (ms / 1000)
}

export function firstSnapshot(socket: LiveSocket, frames: readonly Frame[]): Promise<Frame> {
  const isSnapshot = ({ message }: Frame) => message.type === 'snapshot'
  const there = frames.find(isSnapshot)
  if (there) return Promise.resolve(there)
  return new Promise((resolve) => socket.onFrame((frame) => isSnapshot(frame) && resolve(frame)))
}

/** When the broker told each reading. */
function tickTimes(deltas: readonly Frame[]): number[] {
  const times = deltas.flatMap(({ message }) => (message.type === 'delta' ? [message.observedAt] : []))
  return [...new Set(times)].sort((a, b) => a - b)
}

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, at) => time - (times[at] ?? time))
}
