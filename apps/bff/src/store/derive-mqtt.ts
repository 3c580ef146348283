import type { Derive } from './derived.ts'

/** Counters since the broker's start, below `$SYS/broker/`, whose growth is shown per second. */
export const sysCounters = [
  'messages/received',
  'messages/sent',
  'bytes/received',
  'bytes/sent',
  'publish/messages/received',
  'publish/messages/sent',
  'publish/messages/dropped',
] as const

export function sysRateKey(clusterId: string, topic: (typeof sysCounters)[number]): string {
  return `${clusterId} mqtt.sys ${topic}`
}

/** A value comes only when it changes, so what didn't come again has not moved: it counts at the broker's own tick. */
export const deriveMqtt: Derive = (clusterId, source, store, { rates }) => {
  if (source !== 'mqtt.sys') return
  const slot = store.get(clusterId, source)
  if (!slot?.reading || slot.stale) return
  const { values, countedAt } = slot.reading.data
  // Before the first live tick there are only retained values, of nobody knows when.
  if (countedAt === null) return
  for (const topic of sysCounters) {
    const counter = Number(values.get(topic)?.value ?? Number.NaN)
    if (Number.isFinite(counter)) {
      rates.observe(sysRateKey(clusterId, topic), counter, countedAt)
    }
  }
}
