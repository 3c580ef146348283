import { setTimeout as delay } from 'node:timers/promises'
import { isStopping, type ProcessOptions, type RunningProcess, startProcess } from './processes.ts'
import type { Report } from './report.ts'

export interface Supervised {
  readonly pid: number
  stop(): Promise<void>
}

/** A process of ours that is started again, one second later, whenever it ends by itself; each time it is told. */
export async function startSupervised(options: ProcessOptions, report: Report): Promise<Supervised> {
  let wanted = true
  let current: RunningProcess = await startProcess(options)
  async function watch(): Promise<void> {
    while (wanted) {
      const how = await current.ended
      if (!wanted || isStopping()) return
      report(`ended by itself (${how}), starting again in 1 s`)
      await delay(1000)
      if (wanted) current = await startProcess(options)
    }
  }
  watch().catch((error) => report(`can't be started again: ${error.message}`))
  return {
    get pid() {
      return current.pid
    },
    async stop() {
      wanted = false
      await current.stop()
    },
  }
}
