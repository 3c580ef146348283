/** Values by series: `weir_broker_requests_total{source="kafka.commits"}`. */
export type Metrics = ReadonlyMap<string, number>

/** What Weir tells of itself. Reading it begins its event-loop figures anew. */
export async function readMetrics(url: string): Promise<Metrics> {
  const answer = await fetch(`${url}/metrics`)
  if (!answer.ok) throw new Error(`GET /metrics answered ${answer.status}`)
  return parseMetrics(await answer.text())
}

/** Of Prometheus' text format: `series value`, comments apart. */
export function parseMetrics(text: string): Metrics {
  const metrics = new Map<string, number>()
  for (const line of text.split('\n')) {
    const at = line.lastIndexOf(' ')
    if (line.startsWith('#') || at < 0) continue
    metrics.set(line.slice(0, at), Number(line.slice(at + 1)))
  }
  return metrics
}

/** By how much a counter grew; null where it isn't told. One that appeared grew from 0. */
export function growth(before: Metrics, after: Metrics, series: string): number | null {
  const value = after.get(series)
  return value === undefined ? null : value - (before.get(series) ?? 0)
}
