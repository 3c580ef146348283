import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exclusively } from './exclusively.ts'
import { nodeProgram, repositoryRoot } from './paths.ts'
import type { Report } from './report.ts'
import { runCommand } from './run-command.ts'

const webDir = join(repositoryRoot, 'apps/web')

/** Where the built pages are; the BFF serves them. */
export const webDist = join(webDir, 'dist')

/** Builds the pages, unless they were built from exactly the sources that are there. Throws when the build fails. */
export function buildWeb(report: Report): Promise<void> {
  return exclusively('pages', report, () => buildIfChanged(report))
}

async function buildIfChanged(report: Report): Promise<void> {
  const stamp = join(webDist, '.weir-built')
  const sources = hashOf(sourceFiles())
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return report('up to date')
  report('building the pages')
  const vite = join(repositoryRoot, 'node_modules/vite/bin/vite.js')
  await runCommand(nodeProgram, [vite, 'build'], {
    cwd: webDir,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  writeFileSync(stamp, sources)
}

function sourceFiles(): string[] {
  const contract = join(repositoryRoot, 'packages/contract')
  const lockfile = join(repositoryRoot, 'pnpm-lock.yaml')
  return [...filesUnder(webDir), ...filesUnder(contract), lockfile].filter(existsSync).sort()
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

/** A hash over names and contents. */
export function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}
