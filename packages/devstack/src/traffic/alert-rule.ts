import type { Measurement } from './homes.ts'

export interface Alert {
  kind: 'heat' | 'overload'
  severity: 'warning' | 'critical'
  home: string
  room: string
  value: number
  unit: string
  raisedAt: number
}

/** Whether a measurement is worth telling somebody: a room far too hot, a socket that draws far too much. */
export function alertFor(measurement: Measurement): Alert | null {
  const { home, room, value, unit, measuredAt } = measurement
  const place = { home, room, value, unit, raisedAt: measuredAt }
  if (measurement.metric === 'temperature' && value > 30) {
    return { kind: 'heat', severity: value > 33 ? 'critical' : 'warning', ...place }
  }
  if (measurement.metric === 'load' && value > 3000) {
    return { kind: 'overload', severity: value > 4500 ? 'critical' : 'warning', ...place }
  }
  return null
}

/** `critical.heat.home-03`: notification queues bind to parts of it. */
export function routingKeyOf(alert: Alert): string {
  return `${alert.severity}.${alert.kind}.${alert.home}`
}
