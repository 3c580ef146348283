import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Stages } from '@weir/devstack'
import { type Bench, type BenchContext, type BenchOptions, fullOptions, TIME_LIMIT_MS } from './bench.ts'
import type { BenchResult } from './report/bench-result.ts'
import { thisMachine } from './report/machine.ts'

/** Past its limit a bench gets so much time to come to an end by itself. */
const GRACE_MS = 45_000

/** Runs one bench and clears up after it. Throws: what the bench throws; when it hangs; when `stopped` aborts. */
export async function runBench(
  bench: Bench,
  options: BenchOptions,
  stages: Stages,
  stopped: AbortSignal,
): Promise<BenchResult> {
  const machine = thisMachine()
  const startedAt = Date.now()
  const dir = mkdtempSync(join(tmpdir(), `weir-bench-${bench.name}-`))
  const resources = new AsyncDisposableStack()
  const ended = new AbortController()
  try {
    const findings = await stages.run(bench.title, (report) => {
      const msLeft = () => startedAt + TIME_LIMIT_MS - Date.now()
      const context: BenchContext = { ...options, dir, report, resources, msLeft }
      return Promise.race([bench.run(context), overdue(ended.signal), untilAborted(stopped)])
    })
    return {
      ...{ name: bench.name, title: bench.title, command: commandOf(bench, options) },
      ...{ startedAt: new Date(startedAt).toISOString(), tookMs: Date.now() - startedAt, machine },
      ...findings,
    }
  } finally {
    ended.abort()
    await stages.run(`${bench.title}, clearing up`, () => resources.disposeAsync())
    rmSync(dir, { recursive: true, force: true })
  }
}

export function commandOf(bench: Bench, options: BenchOptions): string {
  const said = bench.options.filter((option) => options[option] !== fullOptions[option])
  return ['pnpm bench', bench.name, ...said.map((option) => `--${option} ${options[option]}`)].join(' ')
}

async function overdue(ended: AbortSignal): Promise<never> {
  await delay(TIME_LIMIT_MS + GRACE_MS, undefined, { signal: ended }).catch(() => {}) // the bench has ended
  throw new Error(`it didn't end within ${(TIME_LIMIT_MS + GRACE_MS) / 1000} s`)
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new Error('it was asked to stop'))
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
