import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { cacheDir } from './paths.ts'
import { identify, readPidFile } from './process-identity.ts'
import type { Report } from './report.ts'

/**
 * Runs `work` while nobody else in this checkout, this process included, runs work of the same name: `npm start` and
 * `npm test` may run side by side, and both install packages and build the pages. A lock left by a crash counts for
 * nothing.
 */
export async function exclusively<T>(name: string, report: Report, work: () => Promise<T>): Promise<T> {
  mkdirSync(cacheDir, { recursive: true })
  const lock = join(cacheDir, `${name}.lock`)
  const own = `${lock}.${process.pid}.${calls++}`
  // Written first and linked then: a lock is never seen empty.
  writeFileSync(own, JSON.stringify(identify(process.pid)))
  try {
    await acquire(lock, own, report)
    try {
      return await work()
    } finally {
      rmSync(lock, { force: true })
    }
  } finally {
    rmSync(own, { force: true })
  }
}

let calls = 0

async function acquire(lock: string, own: string, report: Report): Promise<void> {
  let told = false
  while (!tryLink(own, lock)) {
    const holder = readPidFile(lock)
    if (holder === null) continue // a leftover, removed by the look at it
    const other = holder.pid === process.pid ? 'another stage' : `process ${holder.pid}`
    if (!told) report(`waiting for ${other}, which is at the same thing`)
    told = true
    await delay(500)
  }
}

function tryLink(own: string, lock: string): boolean {
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
