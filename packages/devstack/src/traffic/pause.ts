import { existsSync } from 'node:fs'
import { join } from 'node:path'

export interface Pause {
  readonly paused: boolean
}

/**
 * Whether the traffic is held: SIGUSR1 holds it, SIGUSR2 lets it go on, and the file `<dir>/traffic.paused` holds it
 * for as long as it is there. Held means that no device publishes, connects or leaves; what is under way drains.
 */
export function watchPause(dir: string): Pause {
  const file = join(dir, 'traffic.paused')
  let bySignal = false
  let byFile = existsSync(file)
  process.on('SIGUSR1', () => {
    bySignal = true
  })
  process.on('SIGUSR2', () => {
    bySignal = false
  })
  setInterval(() => {
    byFile = existsSync(file)
  }, 500).unref()
  return {
    get paused() {
      return bySignal || byFile
    },
  }
}
