import { type DemoTenant, homeNames } from '../demo-tenants.ts'

/** What a smart home measures; each has a Kafka topic of its own. */
export const metrics = ['light-intensity', 'light-usage', 'temperature', 'load'] as const
export type Metric = (typeof metrics)[number]

/** Lux, watt-hours since the last one, degrees Celsius, watts. */
const units: Record<Metric, string> = {
  'light-intensity': 'lx',
  'light-usage': 'Wh',
  temperature: 'C',
  load: 'W',
}

const rooms = ['kitchen', 'living-room', 'bedroom', 'hall', 'garage']

export interface Sensor {
  home: string
  room: string
  metric: Metric
}

export interface Measurement extends Sensor {
  value: number
  unit: string
  /** Epoch ms. */
  measuredAt: number
}

/** Every sensor of every home of a tenant, in the order in which they take their turns. */
export function sensorsOf(tenant: Pick<DemoTenant, 'homes'>): Sensor[] {
  return metrics.flatMap((metric) =>
    rooms.flatMap((room) => homeNames(tenant).map((home) => ({ home, room, metric }))),
  )
}

/**
 * What a sensor reads at a time of day: a smooth day and night, a little noise, and now and then a reading out of the
 * ordinary, which is what the alert rule is for. `random` is 0..1, as Math.random.
 */
export function measure(sensor: Sensor, at: number, random: () => number = Math.random): Measurement {
  const value = Math.round(typical(sensor.metric, dayCurve(at), random) * 10) / 10
  return { ...sensor, value, unit: units[sensor.metric], measuredAt: at }
}

export function topicOf(prefix: string, { home, room, metric }: Sensor): string {
  return `${prefix}${home}/${room}/${metric}`
}

/** The metric that an MQTT topic under a tenant's prefix is about; null when it isn't a measurement. */
export function metricOf(topic: string): Metric | null {
  const last = topic.slice(topic.lastIndexOf('/') + 1)
  return metrics.find((metric) => metric === last) ?? null
}

function typical(metric: Metric, day: number, random: () => number): number {
  const noise = random() - 0.5
  const unusual = random() < 0.01
  switch (metric) {
    case 'light-intensity':
      return Math.max(0, 20 + 700 * day + 80 * noise)
    case 'light-usage':
      return Math.max(0, 6 * (1 - day) + noise)
    case 'temperature':
      return 19 + 3 * day + noise + (unusual ? 12 : 0)
    case 'load':
      return 250 + 400 * (1 - day) + 200 * noise + (unusual ? 4000 : 0)
  }
}

/** 0 at midnight, 1 at noon (UTC). */
function dayCurve(at: number): number {
  const hours = (at / 3_600_000) % 24
  return (1 - Math.cos((hours / 24) * 2 * Math.PI)) / 2
}
