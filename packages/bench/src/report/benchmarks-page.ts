import type { BenchResult } from './bench-result.ts'
import { markdownTable } from './table.ts'

/** docs/benchmarks.md: a pure function of what the last runs found. */
export function benchmarksPage(results: readonly BenchResult[]): string {
  return [
    '# Benchmarks',
    '',
    'Written by `pnpm bench`; edits are lost at its next run. Each bench starts brokers and a Weir of its own in a',
    'temporary folder, measures both sides in the same run, and removes everything. Compare columns of one run with',
    'each other; absolute times belong to the machine named. Every single measurement is in `benchmarks/<name>.json`.',
    '',
    ...results.flatMap(section),
  ].join('\n')
}

function section(result: BenchResult): string[] {
  const { title, command, startedAt, tookMs, machine, versions, method, tables } = result
  const { processor, cores, memoryGb, system, node, load } = machine
  return [
    `## ${title}`,
    '',
    `Again: \`${command}\``,
    '',
    ...tables.flatMap((table) => [`### ${table.title}`, '', markdownTable(table), '']),
    'How:',
    '',
    ...method.map((sentence) => `- ${sentence}`),
    '',
    `Measured ${startedAt.slice(0, 16).replace('T', ' ')} UTC in ${Math.round(tookMs / 1000)} s on ${cores} cores of`,
    `${processor}, ${memoryGb} GB, ${system}, load ${load} at the start; Node ${node}, ${versionsText(versions)}.`,
    '',
  ]
}

function versionsText(versions: BenchResult['versions']): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
}
