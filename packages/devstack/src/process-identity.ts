import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/** A process that can't be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number
  /** Start time, with the boot that it counts from; stays the same over exec(). */
  startedAt: string
}

/** Who has this process id now; null when nobody does (a zombie counts as nobody). */
export function identify(pid: number): ProcessIdentity | null {
  const startedAt = existsSync('/proc/self/stat') ? startedAtOnLinux(pid) : startedAtByPs(pid)
  return startedAt === null ? null : { pid, startedAt }
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt
}

export function writePidFile(file: string, identity: ProcessIdentity): void {
  writeFileSync(file, `${JSON.stringify(identity)}\n`)
}

/** The process that a pid file names, if it is still that very process. A stale or broken file is removed. */
export function readPidFile(file: string): ProcessIdentity | null {
  if (!existsSync(file)) return null
  const identity = parsePidFile(readFileSync(file, 'utf8'))
  if (identity !== null && isAlive(identity)) return identity
  rmSync(file, { force: true })
  return null
}

export function parsePidFile(text: string): ProcessIdentity | null {
  try {
    const { pid, startedAt } = JSON.parse(text)
    return Number.isInteger(pid) && pid > 1 && typeof startedAt === 'string' ? { pid, startedAt } : null
  } catch {
    return null // cut short by a crash
  }
}

function startedAtOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets and may hold spaces and brackets itself: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state] = fields
    const startTime = fields[19]
    if (state === 'Z' || startTime === undefined) return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startTime}`
  } catch {
    return null // no such process
  }
}

function startedAtByPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null // ps exits 1 when there is no such process
  }
}
