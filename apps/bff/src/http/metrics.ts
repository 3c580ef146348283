import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ReadingMeter } from '../collector/reading-meter.ts'

export interface Gauges {
  sockets(): number
  streams(): number
}

/** What Weir tells of itself: how many watch, what they cost the brokers, how the process fares. */
export function createMetrics(): { registry: Registry; meter: ReadingMeter; observe(gauges: Gauges): void } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return { registry, meter: readingMeter(registry), observe: (gauges) => addGauges(registry, gauges) }
}

function addGauges(registry: Registry, gauges: Gauges): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('weir_live_sockets', 'Open live sockets', gauges.sockets)
  gauge('weir_live_streams', 'Streams kept: one per view and scope', gauges.streams)
}

function readingMeter(registry: Registry): ReadingMeter {
  const registers = [registry]
  const requests = new Counter({
    name: 'weir_broker_requests_total',
    help: 'Requests that readings took of brokers',
    labelNames: ['source'],
    registers,
  })
  const failures = new Counter({
    name: 'weir_reading_failures_total',
    help: 'Readings that failed',
    labelNames: ['source', 'code'],
    registers,
  })
  const durations = new Histogram({
    name: 'weir_reading_duration_seconds',
    help: 'How long readings took',
    labelNames: ['source'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  })
  return {
    read(source, cost) {
      requests.inc({ source }, cost.requests)
      durations.observe({ source }, cost.durationMs / 1000)
    },
    failed: (source, code) => failures.inc({ source, code }),
  }
}
