import { parseArgs } from 'node:util'
import { runBrokersOnly } from './brokers-only.ts'
import { dataDir } from './paths.ts'

const usage = 'usage: cli.ts start|test|serve|brokers|traffic [--dir <data folder>]'

/** Answers the exit status. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { dir: { type: 'string' } },
    allowPositionals: true,
  })
  switch (positionals[0]) {
    case 'brokers':
      await runBrokersOnly(dataDir(values.dir ?? '.weir-dev'))
      return 0
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
