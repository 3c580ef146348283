import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchResult } from './bench-result.ts'
import { benchmarksPage } from './benchmarks-page.ts'

/** Writes `<folder>/benchmarks/<name>.json`, and `<folder>/benchmarks.md` anew from it and the other benches' last runs. */
export function keepResult(folder: string, result: BenchResult): string {
  const kept = join(folder, 'benchmarks')
  mkdirSync(kept, { recursive: true })
  writeFileSync(join(kept, `${result.name}.json`), `${JSON.stringify(result, null, 1)}\n`)
  const page = join(folder, 'benchmarks.md')
  writeFileSync(page, benchmarksPage(keptResults(kept)))
  return page
}

function keptResults(folder: string): BenchResult[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  // Ours, written above.
  return files.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as BenchResult)
}
