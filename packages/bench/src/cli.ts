import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildWeb, createStages, ensurePackages, untilAskedToStop } from '@weir/devstack'
import { type BenchOptions, fullOptions } from './bench.ts'
import { benches } from './benches.ts'
import { keepResult } from './report/keep-result.ts'
import { textTable } from './report/table.ts'
import { runBench } from './run-bench.ts'

const repositoryRoot = resolve(fileURLToPath(import.meta.url), '../../../..')

const usage = `usage: pnpm bench [${benches.map(({ name }) => name).join('|')}] … [--rounds <n>] [--size <0-1>] [--out <folder>]
Without a name all of them. A whole run writes docs/benchmarks.md, one with less rounds or size .weir-bench/benchmarks.md.`

interface Wanted {
  readonly names: readonly string[]
  readonly options: BenchOptions
  /** Where the page and the JSON go. */
  readonly out: string
}

async function main(args: readonly string[]): Promise<number> {
  const wanted = readArguments(args)
  if (wanted === null) {
    console.error(usage)
    return 2
  }
  const stopping = new AbortController()
  void untilAskedToStop().then(() => stopping.abort())
  const stages = createStages()
  await stages.run('System packages', (report) =>
    ensurePackages(['rabbitmq', 'mosquitto', 'java', 'maven', 'chromium'], report),
  )
  await stages.run('Pages', buildWeb)
  let failures = 0
  for (const bench of benches.filter(({ name }) => wanted.names.includes(name))) {
    if (stopping.signal.aborted) return 1
    try {
      const result = await runBench(bench, wanted.options, stages, stopping.signal)
      for (const table of result.tables) console.log(`\n${textTable(table)}`)
      console.log(`\nWritten to ${keepResult(wanted.out, result)}\n`)
    } catch (error) {
      failures += 1
      console.error(error)
    }
  }
  return failures === 0 ? 0 : 1
}

/** Null where they make no sense. The first word is what the root's script calls us by. */
function readArguments(args: readonly string[]): Wanted | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string' }, size: { type: 'string' }, out: { type: 'string' } },
    allowPositionals: true,
  })
  const asked = positionals.filter((word, at) => at > 0 || word !== 'bench')
  const known = benches.map(({ name }) => name)
  const rounds = Number(values.rounds ?? fullOptions.rounds)
  const size = Number(values.size ?? fullOptions.size)
  const makesSense = Number.isInteger(rounds) && rounds > 0 && size > 0 && size <= 1
  if (!makesSense || asked.some((name) => !known.includes(name))) return null
  const isWhole = rounds >= fullOptions.rounds && size === fullOptions.size
  const out = resolve(repositoryRoot, values.out ?? (isWhole ? 'docs' : '.weir-bench'))
  return { names: asked.length > 0 ? asked : known, options: { rounds, size }, out }
}

try {
  process.exit(await main(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? `${error.message}\n${usage}` : error)
  process.exit(1)
}
