/**
 * What one tick costs the page before React: 10,000 queues, 500 of them changed, 100 on the screen with their points.
 * `node apps/web/src/live/tick-cost.bench.ts` (add `--jitless` for a page whose content policy forbids eval).
 */
import { z } from 'zod'
import type { SocketLike } from './live-session.ts'
import { createLiveStore } from './live-store.ts'
import { delta, queueRow, snapshot } from './testing/frames.ts'

const ROWS = 10_000
const CHANGED = 500
const TICKS = 1_200

class BenchSocket implements SocketLike {
  static newest: BenchSocket
  binaryType = ''
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  constructor() {
    BenchSocket.newest = this
  }
  send(): void {}
  close(): void {}
  receive(text: string): void {
    this.onmessage?.(new MessageEvent('message', { data: text }))
  }
}

z.config({ jitless: process.argv.includes('--jitless') })

let draw = () => {}
const store = createLiveStore({
  url: '',
  WebSocket: BenchSocket,
  schedule: (run) => {
    draw = run
  },
})
store.start()
const socket = BenchSocket.newest
const startedAt = Date.now()
const welcome = { type: 'welcome', protocol: 1, serverAt: startedAt, actor: { type: 'operator' } }
socket.receive(JSON.stringify(welcome))
let told = 0
store.subscribeView({ instanceId: 'i' }, { type: 'rabbitmq.queues' }, () => {
  told += 1
})
const rows = Array.from({ length: ROWS }, (_, index) =>
  queueRow(`queue.${index}`, { messages: index, publishRate: 1.5 }),
)
store.focus({ instanceId: 'i' }, { type: 'rabbitmq.queues' }).set(rows.slice(0, 100).map((row) => row.key))

const first = measure(JSON.stringify(snapshot({ id: 's1', seq: 0, observedAt: startedAt, data: rows })))
const texts = Array.from({ length: TICKS }, (_, index) => tick(index + 1))
const cpuBefore = process.cpuUsage()
const ticks = texts.map(measure)
const cpu = process.cpuUsage(cpuBefore)
const steady = ticks.slice(TICKS / 3).toSorted((a, b) => a - b)
if (told !== TICKS + 1) throw new Error(`${told} of ${TICKS + 1} frames were shown`)

console.log(`snapshot of ${ROWS} rows: ${first.toFixed(1)} ms`)
console.log(`tick with ${CHANGED} changed rows: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`)
// On a busy machine the only figure that doesn't tell of the neighbours; collecting garbage is in it.
console.log(`processor time per tick: ${((cpu.user + cpu.system) / 1_000 / TICKS).toFixed(2)} ms`)
store.stop()

function tick(seq: number): string {
  const set = Array.from({ length: CHANGED }, (_, index) => {
    const row = rows[(seq * 37 + index * 19) % ROWS]
    return { ...row, key: row?.key ?? '', messages: seq * 1_000 + index }
  })
  return JSON.stringify(delta({ id: 's1', seq, observedAt: startedAt + seq * 1_000, set }))
}

/** From the text of the frame to its listeners, in ms. */
function measure(frame: string): number {
  const from = performance.now()
  socket.receive(frame)
  draw()
  return performance.now() - from
}

function at(share: number): string {
  return (steady[Math.min(steady.length - 1, Math.floor(steady.length * share))] ?? 0).toFixed(2)
}
