import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

export interface Gauges {
  sockets(): number
  streams(): number
}

/** What Weir tells of itself. */
export function createMetrics(gauges: Gauges): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
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
  return registry
}
