import { expect, it } from 'vitest'
import type { BenchResult } from './bench-result.ts'
import { benchmarksPage } from './benchmarks-page.ts'

const result: BenchResult = {
  name: 'freshness',
  title: 'Freshness',
  startedAt: '2026-11-25T14:50:07.123Z',
  tookMs: 61_400,
  machine: { processor: 'Some CPU', cores: 2, memoryGb: 24, system: 'Linux 6', node: 'v24.1.0', load: 0.4 },
  versions: { RabbitMQ: '3.10.8', Chromium: '150' },
  command: 'pnpm bench freshness --rounds 20',
  method: ['From the confirm on.'],
  tables: [{ title: 'RabbitMQ', columns: ['queue', 'ms'], rows: [['classic', 500]], notes: [] }],
  samples: {},
}

it('says for each bench what was found, how, where, with what, and how to do it again', () => {
  const lines = benchmarksPage([result, { ...result, title: 'Scale' }]).split('\n')
  expect(lines.filter((line) => line.startsWith('## '))).toEqual(['## Freshness', '## Scale'])
  expect(lines).toEqual(
    expect.arrayContaining([
      '### RabbitMQ',
      '| classic | 500 |',
      '- From the confirm on.',
      'Again: `pnpm bench freshness --rounds 20`',
      'Measured 2026-11-25 14:50 UTC in 61 s on 2 cores of',
      'Some CPU, 24 GB, Linux 6, load 0.4 at the start; Node v24.1.0, RabbitMQ 3.10.8, Chromium 150.',
    ]),
  )
})
