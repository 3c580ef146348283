import type { Report } from './report.ts'

const defaultSilenceMs = 10_000

export interface Stages {
  /**
   * Runs one stage: says that it begins, passes on what it reports, says how it ended and after how long.
   * Stages may run side by side. A throw is told in one line and thrown on.
   * After `silenceMs` (default 10 s) without a word it is said that the stage is still going on.
   */
  run<T>(name: string, work: (report: Report) => Promise<T>, silenceMs?: number): Promise<T>
  say(text: string): void
}

/** Progress as plain lines with the time since the start, the same on a terminal and in a CI log. */
export function createStages(write: (line: string) => void = console.log): Stages {
  const startedAt = Date.now()
  const say = (text: string) => write(`${elapsed(startedAt).padStart(8)}  ${text}`)
  return {
    say,
    async run(name, work, silenceMs = defaultSilenceMs) {
      const begunAt = Date.now()
      let lastText = ''
      let lastSaidAt = begunAt
      const tell = (text: string) => {
        lastSaidAt = Date.now()
        say(`${name}: ${text}`)
      }
      tell('…')
      const heartbeat = setInterval(() => {
        if (Date.now() - lastSaidAt < silenceMs) return
        tell(`still going on after ${elapsed(begunAt)}${lastText === '' ? '' : ` (${lastText})`}`)
      }, 1000)
      try {
        const result = await work((text) => {
          lastText = text
          tell(text)
        })
        tell(`done in ${elapsed(begunAt)}`)
        return result
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        tell(`failed after ${elapsed(begunAt)}: ${reason.split('\n')[0]}`)
        throw error
      } finally {
        clearInterval(heartbeat)
      }
    },
  }
}

function elapsed(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}
