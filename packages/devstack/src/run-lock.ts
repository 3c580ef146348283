import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { identify, type ProcessIdentity, readPidFile, writePidFile } from './process-identity.ts'

/**
 * Makes this process the only one that runs brokers in `dir`; without it a second start would take the first one's
 * brokers for leftovers of a crash and end them. Throws when another process holds it and is alive.
 */
export function takeRunLock(dir: string): { release(): void } {
  const file = join(dir, 'running.json')
  const other = readPidFile(file)
  if (other !== null)
    throw new Error(`${dir} is in use by process ${other.pid}; stop that one first, or use --dir`)
  writePidFile(file, identify(process.pid) as ProcessIdentity)
  return { release: () => rmSync(file, { force: true }) }
}
