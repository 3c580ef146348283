import { expect, it } from 'vitest'
import { type ScaleFindings, scaleTables } from './scale-tables.ts'
import type { Window } from './watch-window.ts'
import { parseMetrics } from './weir-metrics.ts'

const summary = { count: 10, median: 2_048, p90: 2_048, max: 4_096 }

const window: Window = {
  ...{
    ms: 10_000,
    ticks: 10,
    tickMs: { ...summary, median: 1_000 },
    deltaBytes: summary,
    snapshotBytes: 10_240,
  },
  ...{ sweeps: 10, statistics: 2, otherRequests: 1, brokerBytes: 102_400 },
  metrics: {
    before: parseMetrics(
      'process_cpu_seconds_total 1\nweir_broker_requests_total{source="kafka.offsets"} 3\n',
    ),
    after: parseMetrics(
      [
        'process_cpu_seconds_total 2',
        'weir_broker_requests_total{source="kafka.offsets"} 13',
        'weir_broker_requests_total{source="kafka.commits"} 10',
        'weir_reading_duration_seconds_count{source="kafka.offsets"} 10',
      ].join('\n'),
    ),
  },
}

const findings: ScaleFindings = {
  ...{
    queues: 5_000,
    topics: 1_000,
    groups: 200,
    firstWatcherMs: 900,
    laterWatcherMs: [10, 30],
    tableMs: [],
  },
  ...{ oneTab: window, tenTabs: null, kafka: window },
  scrolling: { ms: 10_000, frames: 600, longTasks: [60, 140] },
}

function figure(title: string, name: string) {
  return scaleTables(findings)
    .find((table) => table.title.startsWith(title))
    ?.rows.find(([what]) => what === name)
}

it('reckons per tick, per 5 s and per minute', () => {
  expect(figure('Watching 5,000', 'sweeps of totals per tick')).toEqual([
    'sweeps of totals per tick',
    1,
    null,
    '1',
  ])
  expect(figure('Watching 5,000', 'reads of statistics per 5 s')?.[1]).toBe(1)
  expect(figure('Watching 5,000', 'other requests per minute')?.[1]).toBe(6)
  expect(figure('Watching 5,000', 'KB from the management API per tick')?.[1]).toBe(10)
  expect(figure('Watching 5,000', 'CPU seconds of Weir per minute')?.[1]).toBe(6)
})

it('adds up the requests of a lag poll', () => {
  expect(figure('Watching 200', 'requests per lag poll to the one broker')?.[1]).toBe(2)
})

it('shows what isn’t known as unknown, and says why', () => {
  expect(figure('Opening', 'first row painted in an empty tab')).toEqual([
    ...['first row painted in an empty tab', 0, null, null, '< 2,000 ms'],
  ])
  expect(figure('Watching 5,000', 'memory of Weir, MB')?.[1]).toBeNull()
  expect(scaleTables(findings)[1]?.notes[0]).toContain('Ten tabs')
})

it('counts the long tasks that a reader would feel', () => {
  expect(scaleTables(findings)[3]?.rows).toEqual([[10, 600, 2, 1, 140, 'none > 100 ms']])
})
