import type { Cell, Table } from '../report/table.ts'
import { summarise } from '../statistics.ts'
import type { Scrolling } from './scrolling.ts'
import { perSecond, type Window } from './watch-window.ts'

const KB = 1024
const MB = KB * KB

/** Null: there was no time or no browser for it. */
export interface ScaleFindings {
  readonly queues: number
  readonly topics: number
  readonly groups: number
  readonly firstWatcherMs: number
  readonly laterWatcherMs: readonly number[]
  readonly tableMs: readonly number[]
  readonly oneTab: Window
  readonly tenTabs: Window | null
  readonly kafka: Window
  readonly scrolling: Scrolling | null
}

export function scaleTables(findings: ScaleFindings): Table[] {
  return [opening(findings), watching(findings), kafka(findings), scrolling(findings)]
}

function opening({ queues, firstWatcherMs, laterWatcherMs, tableMs }: ScaleFindings): Table {
  const row = (what: string, samples: readonly number[], goal: string | null): Cell[] => {
    const summary = summarise(samples)
    return [what, samples.length, summary?.median ?? null, summary?.max ?? null, goal]
  }
  return {
    title: `Opening ${queues.toLocaleString('en-US')} queues`,
    columns: ['what', 'times', 'median ms', 'max ms', 'goal'],
    rows: [
      row('whole table at a socket, first watcher after the start', [firstWatcherMs], null),
      row('whole table at a socket, later', laterWatcherMs, null),
      row('first row painted in an empty tab', tableMs, '< 2,000 ms'),
    ],
    notes: [],
  }
}

function watching({ queues, oneTab, tenTabs }: ScaleFindings): Table {
  const row = (what: string, read: (window: Window) => number | null, goal: string | null): Cell[] => [
    what,
    read(oneTab),
    tenTabs && read(tenTabs),
    goal,
  ]
  const { sweeps, statistics, other } = requestRates
  return {
    title: `Watching ${queues.toLocaleString('en-US')} queues`,
    columns: ['figure', 'one tab', 'ten tabs', 'goal'],
    rows: [
      row('ms between ticks, median', ({ tickMs }) => tickMs?.median ?? null, null),
      row('sweeps of totals per tick', sweeps, '1'),
      row('reads of statistics per 5 s', statistics, '≤ 1'),
      row('other requests per minute', other, null),
      row('KB from the management API per tick', perTick, null),
      row('KB of a snapshot', ({ snapshotBytes }) => snapshotBytes / KB, null),
      row('KB of a delta, median', ({ deltaBytes }) => deltaBytes && deltaBytes.median / KB, null),
      row('KB of a delta, largest', ({ deltaBytes }) => deltaBytes && deltaBytes.max / KB, null),
      ...weirItself.map(([what, read]) => row(what, read, null)),
    ],
    notes: tenTabs ? [] : ['Ten tabs: there was no time, or no Chromium, for them.'],
  }
}

function kafka({ topics, groups, kafka }: ScaleFindings): Table {
  const readings = perSecond(kafka, 'weir_reading_duration_seconds_count{source="kafka.offsets"}')
  const requests = sum(
    perSecond(kafka, 'weir_broker_requests_total{source="kafka.offsets"}'),
    perSecond(kafka, 'weir_broker_requests_total{source="kafka.commits"}'),
  )
  return {
    title: `Watching ${groups} groups on ${topics.toLocaleString('en-US')} topics of 4 partitions`,
    columns: ['figure', 'one socket', 'goal'],
    rows: [
      ['ms between ticks, median', kafka.tickMs?.median ?? null, null],
      ['requests per lag poll to the one broker', requests && readings && requests / readings, '≤ 3'],
      ['KB of a snapshot', kafka.snapshotBytes / KB, null],
      ['KB of a delta, median', kafka.deltaBytes && kafka.deltaBytes.median / KB, null],
      ...weirItself.map(([what, read]): Cell[] => [what, read(kafka), null]),
    ],
    notes: [
      'The requests to Kafka are counted by Weir (its /metrics), those to RabbitMQ by a proxy in front of it.',
    ],
  }
}

function scrolling({ queues, scrolling }: ScaleFindings): Table {
  const tasks = scrolling?.longTasks ?? []
  return {
    title: `Scrolling ${queues.toLocaleString('en-US')} rows while they change`,
    columns: ['seconds', 'frames', 'tasks > 50 ms', 'tasks > 100 ms', 'longest ms', 'goal'],
    rows: scrolling
      ? [
          [
            ...[scrolling.ms / 1000, scrolling.frames, tasks.length],
            ...[tasks.filter((ms) => ms > 100).length, tasks.length > 0 ? Math.max(...tasks) : null],
            'none > 100 ms',
          ],
        ]
      : [],
    notes: scrolling ? [] : ['There was no time, or no Chromium, for it.'],
  }
}

const requestRates = {
  sweeps: ({ sweeps, ticks }: Window) => (ticks > 0 ? sweeps / ticks : null),
  statistics: ({ statistics, ms }: Window) => statistics / (ms / 5_000),
  other: ({ otherRequests, ms }: Window) => otherRequests / (ms / 60_000),
}

function perTick({ brokerBytes, ticks }: Window): number | null {
  return ticks > 0 ? brokerBytes / KB / ticks : null
}

const weirItself: readonly (readonly [string, (window: Window) => number | null])[] = [
  ['CPU seconds of Weir per minute', (window) => minutely(perSecond(window, 'process_cpu_seconds_total'))],
  ['memory of Weir, MB', (window) => gauge(window, 'process_resident_memory_bytes', MB)],
  [
    'event loop of Weir, p99 ms (10 at rest)',
    (window) => gauge(window, 'nodejs_eventloop_lag_p99_seconds', 0.001),
  ],
  ['event loop of Weir, longest ms', (window) => gauge(window, 'nodejs_eventloop_lag_max_seconds', 0.001)],
]

function gauge({ metrics }: Window, series: string, unit: number): number | null {
  const value = metrics.after.get(series)
  return value === undefined ? null : value / unit
}

function minutely(rate: number | null): number | null {
  return rate === null ? null : rate * 60
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}
