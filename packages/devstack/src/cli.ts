import { parseArgs } from 'node:util'
import { dataDir } from './paths.ts'

const usage = 'usage: cli.ts start|test|serve|brokers|traffic [--dir <data folder>]'

/** Answers the exit status. Each command loads what it needs: the traffic's process stays small. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { dir: { type: 'string' } },
    allowPositionals: true,
  })
  switch (positionals[0]) {
    case 'brokers':
      await (await import('./brokers-only.ts')).runBrokersOnly(dataDir(values.dir ?? '.weir-dev'))
      return 0
    case 'start':
      await (await import('./start.ts')).runStart(dataDir(values.dir ?? '.weir'))
      return 0
    case 'test':
      return (await import('./test.ts')).runTest(dataDir(values.dir ?? '.weir-test'))
    case 'traffic':
      await (await import('./traffic/traffic.ts')).runTraffic(dataDir(values.dir ?? '.weir'))
      return 0
    case 'serve':
      return (await import('./serve.ts')).runServe()
    default:
      console.error(usage)
      return 2
  }
}

try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
